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
      if (batch.length === 0) continue
      if (bytes >= partBytes && parts < mostParts) {
        await file.close()
        parts += 1
        bytes = 0
        file = await openPart(folder, parts, header)
      }
      const chunk = Buffer.from(batch.map((row) => csvLine(row, dialect)).join(''))
      bytes += chunk.length
      await file.writeFile(chunk)
    }
    return parts
  } finally {
    await file.close()
  }
}

async function openPart(folder: string, part: number, header: string): Promise<FileHandle> {
  const file = await open(join(folder, partName(part)), 'w')
  await file.writeFile(header)
  return file
}
