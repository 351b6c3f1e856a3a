import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Log } from '#platform/log/log.ts'
import type { OpenedDatabase, RawSql } from './open-database.ts'

/** The one ordered list of schema changes: `0001_name.sql`, forward only, never edited after a release. */
export const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url))

/** Any number that no other program takes; held while migrations run. */
export const migrationLock = 727_001

export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
}

/** The database was changed by a newer version of this program. */
export class DatabaseIsNewer extends Error {
  override readonly name = 'DatabaseIsNewer'
}

/** The database was last used by an older version of this program, or by none. */
export class DatabaseIsOlder extends Error {
  override readonly name = 'DatabaseIsOlder'
}

/** Refuses a database whose migrations are not exactly these, for commands that must not change it. */
export async function demandCurrent(database: OpenedDatabase, migrations: readonly Migration[]): Promise<void> {
  const newest = await database.transaction(async (sql) => {
    const [table] = await sql.query(`select to_regclass('schema_migrations') is not null as here`)
    if (table?.['here'] !== true) return 0
    const [row] = await sql.query('select max(number) as newest from schema_migrations')
    return Number(row?.['newest'] ?? 0)
  })
  if (newest > migrations.length) throw isNewer(newest, migrations.length)
  if (newest < migrations.length)
    throw new DatabaseIsOlder(
      'The database is of an older version. Start the server of this version once, which brings it up to date.',
    )
}

/** Reads the migrations of a folder in order; a gap or a double number is an error. */
export async function readMigrations(folder: string = migrationsFolder): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}_.+\.sql$/.test(file)).sort()
  return Promise.all(
    files.map(async (name, index) => {
      const number = Number(name.slice(0, 4))
      if (number !== index + 1) throw new Error(`${name} should have the number ${index + 1}`)
      return { number, name, sql: await readFile(join(folder, name), 'utf8') }
    }),
  )
}

/** Brings the database up to date: each migration in one transaction that inserts its number first, under a lock that
 *  lets one starter at a time in. Throws DatabaseIsNewer. An embedded database that holds data is dumped to `backups`
 *  in `dataDir` before it is changed. */
export async function migrate(
  database: OpenedDatabase,
  migrations: readonly Migration[],
  options: { now: Date; log: Log; dataDir: string | null },
): Promise<void> {
  const applied = await database.transaction(appliedMigrations)
  const newest = Math.max(0, ...applied)
  if (newest > migrations.length) throw isNewer(newest, migrations.length)
  const pending = migrations.filter((migration) => !applied.includes(migration.number))
  if (pending.length > 0 && applied.length > 0 && options.dataDir !== null)
    await backUp(database, options.dataDir, options.now, options.log)
  for (const migration of pending) {
    const done = await database.transaction((sql) => apply(sql, migration, options.now))
    if (done) options.log.info({ migration: migration.name }, 'migration applied')
  }
}

function isNewer(newest: number, known: number): DatabaseIsNewer {
  return new DatabaseIsNewer(
    `The database is at migration ${newest}, this version of the program knows ${known}. ` +
      'Start the newer version, or restore the backup that was made before it.',
  )
}

async function appliedMigrations(sql: RawSql): Promise<number[]> {
  await sql.query('select pg_advisory_xact_lock($1)', [migrationLock])
  await sql.script(
    'create table if not exists schema_migrations (number integer primary key, name text not null, applied_at timestamptz not null)',
  )
  const rows = await sql.query('select number from schema_migrations order by number')
  return rows.map((row) => Number(row['number']))
}

async function apply(sql: RawSql, migration: Migration, now: Date): Promise<boolean> {
  await sql.query('select pg_advisory_xact_lock($1)', [migrationLock])
  const inserted = await sql.query(
    'insert into schema_migrations (number, name, applied_at) values ($1, $2, $3) on conflict do nothing returning number',
    [migration.number, migration.name, now],
  )
  if (inserted.length === 0) return false
  await sql.script(migration.sql)
  return true
}

async function backUp(database: OpenedDatabase, dataDir: string, now: Date, log: Log): Promise<void> {
  const dump = await database.dump()
  if (dump === null) return
  const folder = join(dataDir, 'backups')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `before-migration-${now.toISOString().replaceAll(':', '-')}.tar.gz`)
  await writeFile(file, Buffer.from(await dump.arrayBuffer()), { mode: 0o600 })
  log.info({ file }, 'backed up before migrations')
}
