import { copyFile, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Settings, SettingsFault, readSettings } from '#config.ts'
import { openEmbedded } from '#platform/db/embedded.ts'
import type { FileStore } from '#platform/files/file-store.ts'
import { openFiles } from '#platform/files/open-files.ts'
import { migrate, readMigrations } from '#platform/db/migrate.ts'
import type { OpenedDatabase, RawSql } from '#platform/db/open-database.ts'
import { openPostgresql } from '#platform/db/postgresql.ts'
import { createLog } from '#platform/log/log.ts'
import { BackupFault, type Manifest, resultFile, tableFile } from './backup-form.ts'
import { checksumOf, readLines } from './files.ts'
import { fill, fingerprintOf, spellAlike } from './table-rows.ts'
import { checkBackup } from './write-backup.ts'

export interface RestoredBackup {
  readonly madeAt: string
  readonly rows: number
  readonly results: number
  readonly lost: readonly string[]
}

/**
 * Puts a backup into an installation in which nobody has signed in yet, of either kind of database, and compares what is there afterwards
 * with what was saved. The rows come in one transaction, so that a restore that is broken off leaves an empty installation and is simply
 * done again. A backup of an older version is brought up to date; one of a newer version is refused.
 */
export async function restoreBackup(
  env: Readonly<Record<string, string | undefined>>,
  options: { folder: string; now: () => Date },
): Promise<RestoredBackup> {
  const settings = readSettings(env)
  const folder = resolve(options.folder)
  const manifest = await checkBackup(folder)
  const migrations = await readMigrations()
  if (manifest.migration > migrations.length)
    throw new BackupFault(`The backup was made by the newer version ${manifest.version}; restore it with that one.`)
  const database = await open(settings)
  const times = { now: options.now(), log: createLog('silent'), dataDir: null }
  try {
    await demandEmpty(database, manifest.migration)
    await migrate(database, migrations.slice(0, manifest.migration), times)
    await restoreResults(openFiles(settings.config, settings.secrets, options.now).results, folder, manifest)
    await database.transaction((sql) => restoreRows(sql, folder, manifest))
    await migrate(database, migrations, times)
  } finally {
    await database.close()
  }
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  return { madeAt: manifest.madeAt, rows, results: manifest.results.length, lost: manifest.lost }
}

async function open({ config, secrets }: Settings): Promise<OpenedDatabase> {
  const { databaseUrl, databaseAdminUrl } = secrets
  if (databaseUrl === null || databaseAdminUrl === null) return openEmbedded(config.dataDir)
  const wish = { ...config.databasePool, size: 1, tls: config.databaseTls }
  return openPostgresql(databaseUrl, databaseAdminUrl, createLog('silent'), wish)
}

/** Somebody's rows are never mixed with others', nor overwritten. */
async function demandEmpty(database: OpenedDatabase, migration: number): Promise<void> {
  const { used, newest } = await database.transaction(async (sql) => {
    const [table] = await sql.query(`select to_regclass('users') is not null as here`)
    if (table?.['here'] !== true) return { used: false, newest: 0 }
    const [row] = await sql.query(
      'select exists (select 1 from users) as used, (select max(number) from schema_migrations) as newest',
    )
    return { used: row?.['used'] === true, newest: Number(row?.['newest']) }
  })
  if (used)
    throw new SettingsFault([
      'There is data already. Restore into another DATA_DIR or an empty database; nothing was changed',
    ])
  if (newest > migration)
    throw new SettingsFault([
      'The database was made by a newer version than the backup: restore into one that no server has been started on; nothing was changed',
    ])
}

async function restoreRows(sql: RawSql, folder: string, manifest: Manifest): Promise<void> {
  await spellAlike(sql)
  // What a server writes into an empty database by itself, such as the catalogue that ships; the audit log lets nothing be deleted.
  for (const { name } of manifest.tables.toReversed()) if (name !== 'audit_log') await sql.script(`delete from ${name}`)
  for (const { name } of manifest.tables) await fill(sql, name, readLines(tableFile(folder, name)))
  await sql.script('set constraints all immediate')
  for (const { name, rows, fingerprint } of manifest.tables) {
    const found = await fingerprintOf(sql, name)
    if (found.rows !== rows || found.fingerprint !== fingerprint)
      throw new BackupFault(`The rows of ${name} are not as they were saved; nothing was restored.`)
  }
}

async function restoreResults(store: FileStore, folder: string, manifest: Manifest): Promise<void> {
  await mkdir(store.folder, { recursive: true, mode: 0o700 })
  for (const { id, checksum } of manifest.results) {
    const unfinished = join(store.folder, `.${id}.restoring`)
    await copyFile(resultFile(folder, id), unfinished)
    if ((await checksumOf(unfinished)).checksum !== checksum)
      throw new BackupFault(`The result ${id} did not arrive whole in ${store.folder}; run the restore again.`)
    await store.keep(`${id}.parquet`, unfinished)
  }
}
