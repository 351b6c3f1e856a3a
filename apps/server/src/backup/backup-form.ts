import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/**
 * What a backup is made of, in a folder:
 *
 *     manifest.json          what there is, with counts and checksums
 *     tables/workflows.gz    a row per line, as JSON, gzipped
 *     results/<id>.parquet   the rows of an execution
 *
 * Rows and not pages of a database, so that what was saved on the embedded database can be restored into PostgreSQL and the other way.
 */
const Manifest = z.object({
  format: z.literal(1),
  version: z.string(),
  migration: z.number().int().min(1),
  madeAt: z.iso.datetime(),
  tables: z.array(
    z.object({
      name: z.string().regex(/^\w+$/),
      rows: z.number().int().min(0),
      /** Of all rows, in any order, as the database tells it. */
      fingerprint: z.string(),
      /** SHA-256 of the file, in hex. */
      checksum: z.string(),
    }),
  ),
  results: z.array(z.object({ id: z.uuid(), bytes: z.number().int(), checksum: z.string() })),
  /** Executions whose file was gone when the backup was made. */
  lost: z.array(z.uuid()),
})

export type Manifest = z.infer<typeof Manifest>

/** A folder that is no backup, or not a whole one; nothing was changed. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault'
}

export const manifestFile = (folder: string) => join(folder, 'manifest.json')
export const tableFile = (folder: string, table: string) => join(folder, 'tables', `${table}.gz`)
export const resultFile = (folder: string, id: string) => join(folder, 'results', `${id}.parquet`)

/** What a folder says that it holds; a BackupFault where it is no backup. */
export async function readManifest(folder: string): Promise<Manifest> {
  let text: string
  try {
    text = await readFile(manifestFile(folder), 'utf8')
  } catch (cause) {
    throw new BackupFault(`${folder} is no backup: it has no manifest.json. A backup that was broken off has none.`, {
      cause,
    })
  }
  try {
    return Manifest.parse(JSON.parse(text))
  } catch (cause) {
    throw new BackupFault(`${manifestFile(folder)} is damaged, or of a version that this program does not know.`, {
      cause,
    })
  }
}
