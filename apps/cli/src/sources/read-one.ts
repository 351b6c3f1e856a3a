import { resolve } from 'node:path'
import { UsageError } from '../command-line/command-failed.ts'
import type { Session } from '../command-line/session.ts'
import { nameOf, standardInput } from './find-files.ts'
import { readInput, readTextFile } from './read-text.ts'

/** The one text that a command works on: FILE, `-`, or standard input where nothing is named. */
export async function readOne(args: readonly string[], session: Session): Promise<{ name: string; text: string }> {
  const [file, second] = args
  if (second !== undefined) throw new UsageError(`One query at a time: ${second} is one too many`)
  if (file === undefined && session.stdin.isTTY) throw new UsageError('Name a file, or - for standard input')
  const name = file ?? standardInput
  const read = name === standardInput ? await readInput(session.stdin) : await readTextFile(resolve(session.cwd, name))
  if (!read.ok) throw new UsageError(`${nameOf(name)}: ${read.fault}`)
  return { name, text: read.text }
}
