import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ExportId } from '@recomamp/contracts'
import type { FileStore } from '#platform/files/file-store.ts'
import { idsOfNames } from '#platform/files/ids-of-names.ts'

const idsOf = (names: readonly string[]): ExportId[] => idsOfNames(ExportId, names)

/** Exported files: one per export and attempt. */
export function exportFiles(files: FileStore) {
  const { folder } = files
  const roomOf = (id: ExportId) => join(folder, '.making', id)
  const nameOf = (id: ExportId, attempt: number) => `${id}-${attempt}`
  return {
    /** Where the file of an attempt can be read; null where there is none. */
    async open(id: ExportId, attempt: number): Promise<string | null> {
      const name = nameOf(id, attempt)
      files.used(name)
      return (await files.fetch(name)) ? files.pathOf(name) : null
    },
    /** An empty folder for one attempt; what an earlier one left behind is removed. */
    async makeRoom(id: ExportId, attempt: number): Promise<string> {
      await this.remove(id)
      const room = join(roomOf(id), String(attempt))
      await mkdir(room, { recursive: true, mode: 0o700 })
      return room
    },
    /** Gives a file that is complete its name. */
    async keep(id: ExportId, attempt: number, unfinished: string): Promise<{ bytes: number; checksum: string }> {
      const hash = createHash('sha256')
      await pipeline(createReadStream(unfinished), hash)
      const { size } = await stat(unfinished)
      await files.keep(nameOf(id, attempt), unfinished)
      return { bytes: size, checksum: hash.digest('hex') }
    },
    /** The exports of which there is something, some hundreds at a time. */
    async *present(): AsyncGenerator<readonly ExportId[]> {
      for await (const names of files.pages()) yield idsOf(names)
      yield idsOf(await readdir(join(folder, '.making')).catch(() => []))
    },
    /** Drops what this machine alone holds of exports that are not `wanted` any more. */
    async dropCopies(wanted: (ids: readonly ExportId[]) => Promise<ReadonlySet<ExportId>>): Promise<void> {
      for await (const names of files.copies()) {
        const kept = await wanted(idsOf(names))
        for (const name of names) if (!idsOf([name]).some((id) => kept.has(id))) await files.dropCopy(name)
      }
    },
    /** Removes everything of an export. */
    async remove(id: ExportId): Promise<void> {
      await rm(roomOf(id), { recursive: true, force: true })
      for (const name of await files.list(id)) await files.remove(name)
    },
  }
}
