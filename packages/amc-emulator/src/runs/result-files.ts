import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { csvHeader, csvLine } from '@recomamp/amc-local'
import type { Dialect, LocalValue } from '@recomamp/amc-local'

/** Links that AMC gives for one execution at most. */
const mostParts = 5

export interface ResultTable {
  names: readonly string[]
  batches: AsyncIterable<LocalValue[][]>
}

export function resultFolder(dataDir: string, executionId: string): string {
  return join(dataDir, 'results', executionId)
}

export function partName(part: number): string {
  return `part-${part}.csv`
}

export const metadataName = 'metadata.json'

/** Writes a result as one to five files, each with the header line, and a metadata file; the folder appears only when complete.
 *  Gives the number of parts. */
export async function writeResult(
  dataDir: string,
  executionId: string,
  table: ResultTable,
  options: { dialect: Dialect; partBytes: number; metadata: string; signal: AbortSignal },
): Promise<number> {
  const folder = resultFolder(dataDir, executionId)
  const unfinished = join(dataDir, 'unfinished', executionId)
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true })
  try {
    const parts = await writeParts(unfinished, table, options)
    await writeFile(join(unfinished, metadataName), options.metadata)
    await mkdir(join(dataDir, 'results'), { recursive: true })
    // Left over when the process was killed between the renaming and the writing of the state.
    await rm(folder, { recursive: true, force: true })
    await rename(unfinished, folder)
    return parts
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function writeParts(
  folder: string,
  table: ResultTable,
  { dialect, partBytes, signal }: { dialect: Dialect; partBytes: number; signal: AbortSignal },
): Promise<number> {
  const header = csvHeader(table.names, dialect)
  let parts = 1
  let bytes = 0
  let file = await openPart(folder, parts, header)
  try {
    for await (const batch of table.batches) {
      signal.throwIfAborted()
      const lines = batch.map((row) => csvLine(row, dialect))
      for (let at = 0; at < lines.length;) {
        if (bytes >= partBytes && parts < mostParts) {
          await file.close()
          parts += 1
          bytes = 0
          file = await openPart(folder, parts, header)
        }
        const to = parts === mostParts ? lines.length : endOfPart(lines, at, partBytes - bytes)
        const chunk = Buffer.from(lines.slice(at, to).join(''))
        bytes += chunk.length
        await file.writeFile(chunk)
        at = to
      }
    }
    return parts
  } finally {
    await file.close()
  }
}

/** Behind the line, from one on, with which a part has its bytes. */
function endOfPart(lines: readonly string[], from: number, room: number): number {
  let left = room
  for (let at = from; at < lines.length; at += 1) {
    left -= Buffer.byteLength(lines[at] ?? '')
    if (left <= 0) return at + 1
  }
  return lines.length
}

async function openPart(folder: string, part: number, header: string): Promise<FileHandle> {
  const file = await open(join(folder, partName(part)), 'w')
  await file.writeFile(header)
  return file
}
