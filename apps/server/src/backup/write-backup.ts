import { constants } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { readSettings } from '#config.ts'
import { openInstallation } from '../open-installation.ts'
import type { FileStore } from '#platform/files/file-store.ts'
import { openFiles } from '#platform/files/open-files.ts'
import { readMigrations } from '#platform/db/migrate.ts'
import type { RawSql } from '#platform/db/open-database.ts'
import { tablesOf } from '#platform/db/settle-access.ts'
import { version } from '../app.ts'
import { BackupFault, type Manifest, manifestFile, readManifest, resultFile, tableFile } from './backup-form.ts'
import { checksumOf, flush, readLines, writeLines } from './files.ts'
import { fingerprintOf, inOrder, rowsOf, spellAlike } from './table-rows.ts'

/** What a backup holds, counted by reading it back. */
export interface WrittenBackup {
  readonly folder: string
  readonly rows: number
  readonly tables: number
  readonly results: number
  readonly lost: readonly string[]
}

/**
 * Saves an installation into a folder that is new or empty, and reads it back: every row of one moment, and every result. Beside servers
 * on PostgreSQL; the embedded database must be free (FolderInUse). A backup that was broken off is not taken for one. The keys are not in
 * it: whoever holds both could use the tokens.
 */
export async function writeBackup(
  env: Readonly<Record<string, string | undefined>>,
  options: { folder: string; now: () => Date },
): Promise<WrittenBackup> {
  const settings = readSettings(env)
  const folder = resolve(options.folder)
  const there = await readdir(folder).catch(() => [])
  if (there.length > 0) throw new BackupFault(`${folder} is not empty; name a new folder for each backup`)
  const unfinished = join(dirname(folder), `.${basename(folder)}.unfinished`)
  await rm(unfinished, { recursive: true, force: true })
  for (const part of ['tables', 'results']) await mkdir(join(unfinished, part), { recursive: true, mode: 0o700 })
  const database = await openInstallation(settings)
  try {
    const migrations = await readMigrations()
    const manifest = await database.transaction(
      async (sql): Promise<Manifest> => {
        await spellAlike(sql)
        const names = await inOrder(
          sql,
          tablesOf(migrations).filter((name) => name !== 'schema_migrations'),
        )
        const tables = []
        for (const name of names) tables.push(await saveTable(sql, unfinished, name))
        return {
          format: 1,
          version,
          migration: migrations.length,
          madeAt: options.now().toISOString(),
          tables,
          ...(await saveResults(sql, openFiles(settings.config, settings.secrets, options.now).results, unfinished)),
        }
      },
      { snapshot: true },
    )
    await writeFile(manifestFile(unfinished), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
    await flush(manifestFile(unfinished))
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  } finally {
    await database.close()
  }
  const { tables, results, lost } = await checkBackup(unfinished)
  await rm(folder, { recursive: true, force: true })
  await rename(unfinished, folder)
  await flush(dirname(folder))
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  return { folder, rows, tables: tables.length, results: results.length, lost }
}

async function saveTable(sql: RawSql, folder: string, name: string): Promise<Manifest['tables'][number]> {
  const told = await fingerprintOf(sql, name)
  await writeLines(tableFile(folder, name), rowsOf(sql, name))
  const { checksum } = await checksumOf(tableFile(folder, name))
  return { name, ...told, checksum }
}

/** A result's file never changes once it is there; one that is gone has been removed since its row was read, or by hand before. */
async function saveResults(sql: RawSql, store: FileStore, folder: string) {
  const results: Manifest['results'] = []
  const lost: string[] = []
  const rows = await sql.query(
    'select id, result_checksum as checksum from workflow_executions where result_checksum is not null and results_removed_at is null order by id',
  )
  for (const row of rows) {
    const id = String(row['id'])
    const name = `${id}.parquet`
    if (!(await store.fetch(name))) {
      lost.push(id)
      continue
    }
    await copyFile(store.pathOf(name), resultFile(folder, id), constants.COPYFILE_FICLONE)
    const found = await checksumOf(resultFile(folder, id))
    if (found.checksum !== row['checksum'])
      throw new BackupFault(
        `The result ${name} is damaged: its checksum is not the one of its execution. Remove it, and run again.`,
      )
    results.push({ id, ...found })
  }
  return { results, lost }
}

/** Reads a whole backup back and answers what it holds; a BackupFault that names the first file that is not as it was written. */
export async function checkBackup(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder)
  for (const { name, rows, checksum } of manifest.tables) {
    const path = tableFile(folder, name)
    await demand(path, checksum)
    let count = 0
    for await (const _ of readLines(path)) count += 1
    if (count !== rows) throw new BackupFault(`${path} holds ${count} rows and should hold ${rows}`)
  }
  for (const { id, checksum } of manifest.results) await demand(resultFile(folder, id), checksum)
  return manifest
}

async function demand(path: string, checksum: string): Promise<void> {
  const found = await checksumOf(path).catch((cause: unknown) => {
    throw new BackupFault(`${path} is missing or cannot be read`, { cause })
  })
  if (found.checksum !== checksum)
    throw new BackupFault(`${path} is damaged: its checksum is not the one in the manifest`)
}
