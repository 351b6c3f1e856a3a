import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openLocalEngine } from '@recomamp/amc-local'
import { testCache } from '@recomamp/testkit'

export const bin = join(import.meta.dirname, '../bin/recomamp.js')

interface Ended {
  /** As a shell tells it: 128 and the number of the signal that ended the process. */
  code: number | null
  stdout: string
  stderr: string
}

export interface Circumstances {
  cwd?: string
  /** What standard input holds; without it, it is empty. */
  input?: string | Uint8Array
  env?: Record<string, string>
  /** The Node that starts the command. */
  node?: string
}

/** Starts the command as a process. */
export function start(args: readonly string[], circumstances: Circumstances = {}): ChildProcessWithoutNullStreams {
  const { cwd = tmpdir(), env, node = process.execPath } = circumstances
  return spawn(node, [bin, ...args], { cwd, env: { PATH: process.env['PATH'] ?? '', ...env } })
}

/** Runs the command to its end. */
export async function recomamp(args: readonly string[], circumstances: Circumstances = {}): Promise<Ended> {
  const child = start(args, circumstances)
  // A command that refuses its arguments does not read its input.
  child.stdin.on('error', () => undefined)
  child.stdin.end(circumstances.input ?? '')
  return ended(child)
}

/** What a process wrote by its end. */
export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8')
    child[name].on('data', (text: string) => (said[name] += text))
  }
  const code = await new Promise<number | null>((resolve) =>
    child.on('close', (exit, signal) => resolve(signal === null ? exit : 128 + constants.signals[signal])),
  )
  return { code, ...said }
}

export interface Folder {
  path: string
  remove(): void
}

/** A folder with these files, for one test file. */
export function folderWith(files: Record<string, string | Uint8Array> = {}): Folder {
  const path = mkdtempSync(join(tmpdir(), 'recomamp-cli-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), content)
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** A data folder whose synthetic data is what the tests of this machine share. */
export async function dataFolder(): Promise<Folder> {
  const shared = await testCache('synthetic')
  const engine = openLocalEngine({ folder: shared })
  await engine.ready
  await engine.close()
  const folder = folderWith()
  symlinkSync(shared, join(folder.path, 'synthetic'))
  return folder
}
