import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const bin = join(import.meta.dirname, '../bin/recomamp.js')

interface Ended {
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
function start(args: readonly string[], { cwd, env, node = process.execPath }: Circumstances = {}): ChildProcess {
  const environment = { PATH: process.env['PATH'] ?? '', ...env }
  return spawn(node, [bin, ...args], { cwd: cwd ?? tmpdir(), env: environment, stdio: 'pipe' })
}

/** Runs the command to its end. */
export async function recomamp(args: readonly string[], circumstances: Circumstances = {}): Promise<Ended> {
  const child = start(args, circumstances)
  child.stdin?.end(circumstances.input ?? '')
  return ended(child)
}

/** What a process wrote by its end. */
async function ended(child: ChildProcess): Promise<Ended> {
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8')
    child[name]?.on('data', (text: string) => (said[name] += text))
  }
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, ...said }
}

/** A folder with these files, for one test file. */
export function folderWith(files: Record<string, string | Uint8Array> = {}): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'recomamp-cli-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), content)
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
