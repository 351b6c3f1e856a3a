import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ExportId } from '@recomamp/contracts'

const idLength = '00000000-0000-4000-8000-000000000000'.length

/** The folder of exported files, `<dataDir>/exports`: one file per export and attempt. */
export function exportFiles(dataDir: string) {
  const folder = join(dataDir, 'exports')
  const roomOf = (id: ExportId) => join(folder, '.making', id)
  const pathOf = (id: ExportId, attempt: number) => join(folder, `${id}-${attempt}`)
  return {
    pathOf,
    /** An empty folder for one attempt; what an earlier one left behind is removed. */
    async makeRoom(id: ExportId, attempt: number): Promise<string> {
      await this.remove(id)
      const room = join(roomOf(id), String(attempt))
      await mkdir(room, { recursive: true, mode: 0o700 })
      return room
    },
    /** Gives a file that is complete its name; on disk before its name is. */
    async keep(id: ExportId, attempt: number, unfinished: string): Promise<{ bytes: number; checksum: string }> {
      const hash = createHash('sha256')
      await pipeline(createReadStream(unfinished), hash)
      await flush(unfinished)
      await rename(unfinished, pathOf(id, attempt))
      await flush(folder)
      const { size } = await stat(pathOf(id, attempt))
      return { bytes: size, checksum: hash.digest('hex') }
    },
    /** The exports of which there is something on the disk. */
    async present(): Promise<ExportId[]> {
      const names = await readdir(folder).catch(() => [])
      const begun = await readdir(join(folder, '.making')).catch(() => [])
      const ids = [...names, ...begun].map((name) => ExportId.safeParse(name.slice(0, idLength)))
      return [...new Set(ids.flatMap(({ data }) => data ?? []))]
    },
    /** Removes everything of an export. */
    async remove(id: ExportId): Promise<void> {
      await rm(roomOf(id), { recursive: true, force: true })
      const names = await readdir(folder).catch(() => [])
      for (const name of names) if (name.startsWith(id)) await rm(join(folder, name), { force: true })
    },
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
