import { resolve } from 'node:path'
import { UsageError } from '../command-line/command-failed.ts'
import type { Session } from '../command-line/session.ts'
import { nameOf, standardInput } from './find-files.ts'
import { readInput, type ReadText, readTextFile } from './read-text.ts'

/** The text of a file or of standard input. */
export async function readSource(file: string, { stdin, cwd }: Session): Promise<ReadText> {
  return file === standardInput ? readInput(stdin) : readTextFile(resolve(cwd, file))
}

/** The one text that a command works on: FILE, `-`, or standard input where nothing is named. */
export async function readOne(args: readonly string[], session: Session): Promise<{ name: string; text: string }> {
  const [file, second] = args
  if (second !== undefined) throw new UsageError(`One query at a time: ${second} is one too many`)
  if (file === undefined && session.stdin.isTTY) throw new UsageError('Name a file, or - for standard input')
  const name = file ?? standardInput
  const read = await readSource(name, session)
  if (!read.ok) throw new UsageError(`${nameOf(name)}: ${read.fault}`)
  return { name, text: read.text }
}
