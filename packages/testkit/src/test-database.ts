import { createHash, randomBytes } from 'node:crypto'
import { cp, rename, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createLog, migrate, openEmbedded, openPostgresql, readMigrations } from '@recomamp/server'
import { Client } from 'pg'
import { testCache } from './test-cache.ts'

/** A database of a test's own. */
export interface TestDatabase {
  /** The settings that lead the server to it. */
  readonly env: Readonly<Record<string, string>>
  /** Sees every row, whatever the policies say; null on an embedded database. */
  readonly superUrl: string | null
  drop(): Promise<void>
}

export type DatabaseKind = 'embedded' | 'postgresql'

/** Of every server that a test starts on data which is there already: without its keys that would not start (F-29). */
export const testKeys = {
  JWT_SECRET_KEY: 'a key for tests, as long as it has to be',
  FERNET_KEY: 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=',
}

const server = process.env['TEST_DATABASE_URL'] ?? ''

/** Every kind that can be had here: a suite that runs for each shows that both behave alike. */
export const databaseKinds: readonly DatabaseKind[] = server === '' ? ['embedded'] : ['embedded', 'postgresql']

/** The kind that most flows run on. They speak the same SQL to both, and what could differ, transactions and concurrent statements, is
 *  tried on every kind by the suites of the stores that depend on it; without TEST_DATABASE_URL every flow runs embedded. */
export const usualKind: readonly DatabaseKind[] = databaseKinds.slice(-1)

/** On PostgreSQL a database with a name of its own, dropped at the end; otherwise an embedded one in `dataDir`. Both are copied from a
 *  template that is made once for each state of the migrations, unless an empty one is asked for. */
export async function openTestDatabase(
  dataDir: string,
  kind: DatabaseKind = server === '' ? 'embedded' : 'postgresql',
  state: 'migrated' | 'empty' = 'migrated',
): Promise<TestDatabase> {
  if (kind === 'embedded') {
    if (state === 'migrated') await cp(await embeddedTemplate(), join(dataDir, 'database'), { recursive: true })
    return { env: state === 'migrated' ? testKeys : {}, superUrl: null, drop: () => Promise.resolve() }
  }
  if (server === '') throw new Error('Set TEST_DATABASE_URL to test on PostgreSQL')
  const name = `recomamp_test_${randomBytes(6).toString('hex')}`
  await onServer(server, makeRole)
  const copied = state === 'migrated' ? `template ${await postgresqlTemplate()}` : ''
  await onServer(server, `create database ${name} owner ${role} ${copied}`)
  return {
    env: { DATABASE_URL: addressOf(name, role) },
    superUrl: addressOf(name),
    drop: () => onServer(server, `drop database if exists ${name} with (force)`),
  }
}

/** As installations have it: the owner of its database and nothing more, so that the policies hold. */
const role = 'recomamp_test'
const makeRole = `do $$ begin
  create role ${role} login password '${role}';
exception when duplicate_object or unique_violation then null;
end $$`

function addressOf(database: string, user?: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  if (user !== undefined) url.username = url.password = user
  return url.toString()
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

async function embeddedTemplate(): Promise<string> {
  const folder = join(await testCache('databases'), await templateName())
  if (existsSync(folder)) return join(folder, 'database')
  const building = `${folder}.${process.pid}.${randomBytes(4).toString('hex')}`
  await bringUpToDate(await openEmbedded(building))
  try {
    await rename(building, folder)
  } catch {
    // Another test file was faster; its template is as good.
    await rm(building, { recursive: true, force: true })
  }
  return join(folder, 'database')
}

/** Known for the life of the process: one question to the server for all its test files. */
let knownTemplate: Promise<string> | null = null

function postgresqlTemplate(): Promise<string> {
  return (knownTemplate ??= makePostgresqlTemplate())
}

async function makePostgresqlTemplate(): Promise<string> {
  const name = `recomamp_template_${await templateName()}`
  const client = new Client({ connectionString: server })
  await client.connect()
  try {
    // One process makes it and the others wait; the lock goes with the connection.
    await client.query(`select pg_advisory_lock(hashtext('recomamp_template'))`)
    const { rows } = await client.query('select from pg_database where datname = $1', [name])
    if (rows.length > 0) return name
    const building = `recomamp_building_${randomBytes(6).toString('hex')}`
    await client.query(`create database ${building} owner ${role}`)
    const url = addressOf(building, role)
    await bringUpToDate(openPostgresql(url, url, createLog('silent'), { size: 1 }))
    await client.query(`alter database ${building} rename to ${name}`)
    return name
  } finally {
    await client.end()
  }
}

async function templateName(): Promise<string> {
  return createHash('sha256')
    .update(JSON.stringify(await readMigrations()))
    .digest('hex')
    .slice(0, 16)
}

async function bringUpToDate(database: Awaited<ReturnType<typeof openEmbedded>>): Promise<void> {
  await migrate(database, await readMigrations(), { now: new Date(), log: createLog('silent'), dataDir: null })
  await database.close()
}
