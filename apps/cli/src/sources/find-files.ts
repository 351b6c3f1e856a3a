import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UsageError } from '../command-line/command-failed.ts'
import type { Session } from '../command-line/session.ts'

/** Stands for standard input among files. */
export const standardInput = '-'

/** How a file is called before people. */
export function nameOf(file: string): string {
  return file === standardInput ? 'standard input' : file
}

export interface FoundFiles {
  /** As the person wrote them, or below a folder that they wrote, each once, those of a folder in the order of their names. */
  files: string[]
  /** Whether one text was asked for, which is answered alone; a folder is always answered as a list. */
  isOne: boolean
  /** What could not be read, in sentences. */
  faults: string[]
}

/** The files that FILE, FOLDER and `-` stand for; without any of them standard input is read, unless a person sits at it. */
export async function findFiles(args: readonly string[], session: Session): Promise<FoundFiles> {
  if (args.length === 0) return { files: [onlyInput(session)], isOne: true, faults: [] }
  const found: FoundFiles = { files: [], isOne: args.length === 1, faults: [] }
  for (const arg of new Set(args)) {
    if (arg === standardInput) {
      found.files.push(arg)
      continue
    }
    const kind = await kindOf(resolve(session.cwd, arg))
    if (kind === 'absent') found.faults.push(`${arg}: there is no such file or folder`)
    if (kind === 'file') found.files.push(arg)
    if (kind === 'folder') {
      found.isOne = false
      const below = await filesBelow(arg, session.cwd, found.faults)
      if (below.length === 0) found.faults.push(`${arg}: there is no .sql file in this folder`)
      found.files.push(...below)
    }
  }
  found.files = [...new Set(found.files)]
  return found
}

function onlyInput(session: Session): string {
  if (session.stdin.isTTY) throw new UsageError('Name a file or a folder, or - for standard input')
  return standardInput
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'absent'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch {
    return 'absent'
  }
}

/** Links to folders are not followed, since they may lead in a circle; hidden folders and node_modules hold nobody's queries. */
async function filesBelow(folder: string, cwd: string, faults: string[]): Promise<string[]> {
  const found: string[] = []
  try {
    const entries = await readdir(resolve(cwd, folder), { withFileTypes: true })
    entries.sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const entry of entries) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && entry.name !== 'node_modules')
          found.push(...(await filesBelow(path, cwd, faults)))
      } else if (/\.sql$/i.test(entry.name) && (await kindOf(resolve(cwd, path))) === 'file') found.push(path)
    }
  } catch (error) {
    faults.push(`${folder}: the folder cannot be read (${codeOf(error)})`)
  }
  return found
}

/** `EACCES`, `EISDIR`, …, or what else is known of a failure of the file system. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
