import { existsSync } from 'node:fs'
import { mkdir, open, opendir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileStore } from './file-store.ts'

/** Files of one machine, or of several that share the folder; it is made when something is kept. */
export function openFolderStore(folder: string): FileStore {
  const pathOf = (name: string) => join(folder, name)
  return {
    folder,
    pathOf,
    fetch: (name) => Promise.resolve(existsSync(pathOf(name))),
    used: () => undefined,
    async keep(name, unfinished) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      // On disk before its name is: after a crash the name stands for the whole file or does not exist.
      await flush(unfinished)
      await rename(unfinished, pathOf(name))
      await flush(folder)
    },
    remove: (name) => rm(pathOf(name), { force: true }),
    list: (prefix) => namesIn(folder, prefix),
    pages: () => pagesIn(folder),
    // oxlint-disable-next-line require-yield -- there are none
    async *copies() {},
    dropCopy: () => Promise.resolve(),
  }
}

/** The files of a folder whose names begin so; hidden ones are under way and not among them. */
export async function namesIn(folder: string, prefix: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
  return files.map(({ name }) => name).filter((name) => name.startsWith(prefix))
}

const namesAtOnce = 500

/** The same, all of them, some hundreds at a time. */
export async function* pagesIn(folder: string): AsyncGenerator<readonly string[]> {
  const entries = await opendir(folder).catch(() => null)
  if (entries === null) return
  let names: string[] = []
  for await (const entry of entries) {
    if (!entry.isFile() || entry.name.startsWith('.')) continue
    names.push(entry.name)
    if (names.length < namesAtOnce) continue
    yield names
    names = []
  }
  if (names.length > 0) yield names
}

async function flush(path: string): Promise<void> {
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
