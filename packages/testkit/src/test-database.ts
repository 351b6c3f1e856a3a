import { createHash, randomBytes } from 'node:crypto'
import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createLog, migrate, openEmbedded, readMigrations } from '@recomamp/server'
import { Client } from 'pg'

/** A migrated database of a test's own. */
export interface TestDatabase {
  /** The settings that lead the server to it. */
  readonly env: Readonly<Record<string, string>>
  /** Sees every row, whatever the policies say; null on an embedded database. */
  readonly superUrl: string | null
  drop(): Promise<void>
}

export type DatabaseKind = 'embedded' | 'postgresql'

const server = process.env['TEST_DATABASE_URL'] ?? ''

/** Every kind that can be had here: a suite that runs for each shows that both behave alike. */
export const databaseKinds: readonly DatabaseKind[] = server === '' ? ['embedded'] : ['embedded', 'postgresql']

/** The kind that most flows run on. They speak the same SQL to both, and what could differ, transactions and concurrent statements, is
 *  tried on every kind by the suites of the stores that depend on it; without TEST_DATABASE_URL every flow runs embedded. */
export const usualKind: readonly DatabaseKind[] = databaseKinds.slice(-1)

/** On PostgreSQL a database with a name of its own, dropped at the end; otherwise an embedded one in `dataDir`, copied from a
 *  template that is made once for each state of the migrations. */
export async function openTestDatabase(
  dataDir: string,
  kind: DatabaseKind = server === '' ? 'embedded' : 'postgresql',
): Promise<TestDatabase> {
  if (kind === 'embedded') {
    await cp(await embeddedTemplate(), join(dataDir, 'database'), { recursive: true })
    return { env: {}, superUrl: null, drop: () => Promise.resolve() }
  }
  if (server === '') throw new Error('Set TEST_DATABASE_URL to test on PostgreSQL')
  const name = `recomamp_test_${randomBytes(6).toString('hex')}`
  await onServer(server, makeRole)
  await onServer(server, `create database ${name} owner ${role}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const superUrl = url.toString()
  url.username = role
  url.password = role
  return {
    env: { DATABASE_URL: url.toString() },
    superUrl,
    drop: () => onServer(server, `drop database if exists ${name} with (force)`),
  }
}

/** As installations have it: the owner of its database and nothing more, so that the policies hold. */
const role = 'recomamp_test'
const makeRole = `do $$ begin
  create role ${role} login password '${role}';
exception when duplicate_object or unique_violation then null;
end $$`

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

const cache = join(import.meta.dirname, '../../../node_modules/.cache/recomamp')

/** A folder for what tests make once and then only read. */
export async function testCache(name: string): Promise<string> {
  const folder = join(cache, name)
  await mkdir(folder, { recursive: true })
  return folder
}

async function embeddedTemplate(): Promise<string> {
  const migrations = await readMigrations()
  const hash = createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 16)
  const folder = join(await testCache('databases'), hash)
  if (existsSync(folder)) return join(folder, 'database')
  const building = `${folder}.${process.pid}.${randomBytes(4).toString('hex')}`
  const database = await openEmbedded(building)
  await migrate(database, migrations, { now: new Date(), log: createLog('silent'), dataDir: null })
  await database.close()
  try {
    await rename(building, folder)
  } catch {
    // Another test file was faster; its template is as good.
    await rm(building, { recursive: true, force: true })
  }
  return join(folder, 'database')
}
