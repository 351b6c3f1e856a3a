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
  drop(): Promise<void>
}

export type DatabaseKind = 'embedded' | 'postgresql'

const server = process.env['TEST_DATABASE_URL'] ?? ''

/** Every kind that can be had here: a suite that runs for each shows that both behave alike. */
export const databaseKinds: readonly DatabaseKind[] = server === '' ? ['embedded'] : ['embedded', 'postgresql']

/** On PostgreSQL a database with a name of its own, dropped at the end; otherwise an embedded one in `dataDir`, copied from a
 *  template that is made once for each state of the migrations. */
export async function openTestDatabase(
  dataDir: string,
  kind: DatabaseKind = server === '' ? 'embedded' : 'postgresql',
): Promise<TestDatabase> {
  if (kind === 'embedded') {
    await cp(await embeddedTemplate(), join(dataDir, 'database'), { recursive: true })
    return { env: {}, drop: () => Promise.resolve() }
  }
  if (server === '') throw new Error('Set TEST_DATABASE_URL to test on PostgreSQL')
  const name = `recomamp_test_${randomBytes(6).toString('hex')}`
  await onServer(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    env: { DATABASE_URL: url.toString() },
    drop: () => onServer(server, `drop database if exists ${name} with (force)`),
  }
}

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
