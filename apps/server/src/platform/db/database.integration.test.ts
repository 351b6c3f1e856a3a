import { randomUUID } from 'node:crypto'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConnectionId, UserId, WorkspaceId } from '@recomamp/contracts'
import { databaseKinds, eventually, freshDataDir, openTestDatabase, startTlsFront } from '@recomamp/testkit'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Config } from '#config.ts'
import { EncryptedToken } from '#platform/crypto/tokens.ts'
import { createLog } from '#platform/log/log.ts'
import { later } from '#platform/time.ts'
import { currentSchema } from '../../commands.ts'
import { openEmbedded, openInMemory } from './embedded.ts'
import { FolderInUse, lockFolder } from './folder-lock.ts'
import { claimRows } from './leases.ts'
import { DatabaseIsNewer, migrate, readMigrations } from './migrate.ts'
import { openPostgresql } from './postgresql.ts'
import { printSchema } from './print-schema.ts'
import type { Db } from './tables.ts'
import { TransactionTooLong, inTransaction } from './transaction.ts'

const log = createLog('silent')
const now = new Date('2026-11-22T10:00:00.123Z')

async function openDatabase(kind: (typeof databaseKinds)[number]) {
  const dataDir = await freshDataDir()
  const testDatabase = await openTestDatabase(dataDir, kind)
  const url = testDatabase.superUrl ?? ''
  const open = () => (kind === 'embedded' ? openEmbedded(dataDir) : Promise.resolve(openPostgresql(url, url, log)))
  const database = await open()
  await migrate(database, await readMigrations(), { now, log, dataDir })
  return {
    ...database,
    dataDir,
    url,
    open,
    async [Symbol.asyncDispose]() {
      await database.close().catch(() => undefined)
      await testDatabase.drop()
    },
  }
}

describe.each(databaseKinds.filter((kind) => kind === 'postgresql'))('connections to %s', (kind) => {
  const pidOf = async (db: Db) =>
    (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows[0]?.pid ?? 0

  test('S-164: nothing connects before the first statement, which says that there is no database', async () => {
    const url = 'postgres://nobody@127.0.0.1:1/none'
    const { db, close } = openPostgresql(url, url, log)
    await expect(pidOf(db)).rejects.toMatchObject({
      name: 'DatabaseAway',
      message: expect.stringContaining('ECONNREFUSED'),
      cause: { code: 'ECONNREFUSED' },
    })
    await close()
  })

  test('S-212: a database on another machine is reached over TLS with its certificate checked, or not at all', async () => {
    const testDatabase = await openTestDatabase(await freshDataDir(), kind)
    const near = new URL(testDatabase.superUrl ?? '')
    await using front = await startTlsFront({ host: near.hostname, port: Number(near.port) }, '0.0.0.0')
    // This machine too, by an address that does not say so.
    const far = new URL(near)
    far.hostname = '0.0.0.0'
    const plain = far.toString()
    far.port = String(front.port)
    const roleBy = async (url: string, tls: Config['databaseTls'] = null) => {
      const { serverRole, transaction, close } = openPostgresql(url, url, log, { tls })
      try {
        await transaction((raw) => raw.query('select 1'))
        return (await serverRole()).name
      } finally {
        await close()
      }
    }
    await expect(roleBy(plain)).rejects.toThrow(/does not offer TLS.*DATABASE_TLS=off/)
    await expect(roleBy(far.toString())).rejects.toThrow(
      /certificate.*not trusted.*sslrootcert.*DATABASE_TLS=unverified/,
    )
    expect(await roleBy(plain, 'off')).toBe(near.username)
    expect(await roleBy(far.toString(), 'unverified')).toBe(near.username)
    const file = join(await freshDataDir(), 'authority.pem')
    await writeFile(file, front.certificate)
    far.searchParams.set('sslrootcert', file)
    expect(await roleBy(far.toString())).toBe(near.username)
    await testDatabase.drop()
  })

  test('S-036, S-165, S-166: a connection is renewed after its time, without anybody noticing', async () => {
    const testDatabase = await openTestDatabase(await freshDataDir(), kind)
    const url = testDatabase.superUrl ?? ''
    const { db, close } = openPostgresql(url, url, log, { size: 1, connectionLifeSeconds: 1 })
    const first = await pidOf(db)
    expect(await pidOf(db)).toBe(first)
    await eventually(async () => (await pidOf(db)) !== first)
    await close()
    await testDatabase.drop()
  })

  test('S-035, S-167: killed connections lose no reading; what may have been carried out is not sent twice', async () => {
    await using database = await openDatabase(kind)
    const { db } = database
    const [slow, lost] = [
      sql`select pg_sleep(0.3), 1`.execute(db),
      sql`do $$ begin perform pg_sleep(5); end $$`.execute(db),
    ]
    const fate = lost.catch((error: unknown) => error)
    const killer = openPostgresql(database.url, database.url, log, { size: 1, connectionLifeSeconds: 60 })
    const kill = () =>
      sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(killer.db)
    await eventually(async () => {
      const busy = sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
        where datname = current_database() and query like '%pg_sleep%' and pid <> pg_backend_pid()`
      return ((await busy.execute(killer.db)).rows[0]?.n ?? 0) >= 2
    })
    await kill()
    expect((await slow).rows).toHaveLength(1)
    expect(await fate).toMatchObject({ name: 'DatabaseAway', message: expect.stringMatching(/terminat/) })
    const readings = Array.from({ length: 40 }, async (_, number) => {
      if (number % 10 === 0) await kill()
      return pidOf(db)
    })
    expect((await Promise.all(readings)).every((pid) => pid > 0)).toBe(true)
    await killer.close()
  })
})

// The embedded database answers before any timer, so that nothing comes between.
test.each(databaseKinds.filter((kind) => kind === 'postgresql'))(
  'what was given up writes nothing any more, although its work goes on, on %s',
  async (kind) => {
    await using database = await openDatabase(kind)
    const late = Promise.withResolvers<unknown>()
    const workspace = { id: WorkspaceId.parse(randomUUID()), name: 'late', created_at: now }
    const insert = inTransaction(
      database.db,
      async (tx) => {
        // Its answer comes after the time is up and before the rollback has been answered.
        await sql`select pg_sleep(0.5)`.execute(tx)
        late.resolve(tx.insertInto('workspaces').values(workspace).execute().catch(String))
      },
      100,
    )
    await expect(insert).rejects.toThrow(TransactionTooLong)
    expect(await late.promise).toMatch(/TransactionTooLong/)
    expect(await database.db.selectFrom('workspaces').selectAll().execute()).toEqual([])
  },
)

describe.each(databaseKinds)('%s', (kind) => {
  test('values have one type each, whatever the database', async () => {
    await using database = await openDatabase(kind)
    const { rows } = await sql<Record<string, unknown>>`
      select 9007199254740993::bigint as big, '2026-11-22'::date as day, ${now}::timestamptz as at, 1.10::numeric as exact,
        ${JSON.stringify(['a', { b: null }])}::jsonb as json, true as yes, 1.5::float8 as real, 7::integer as small`.execute(
      database.db,
    )
    expect(rows[0]).toEqual({
      big: '9007199254740993',
      day: '2026-11-22',
      at: now,
      exact: '1.10',
      json: ['a', { b: null }],
      yes: true,
      real: 1.5,
      small: 7,
    })
  })

  test('F-54: schema.sql is current and equal on this database; "npm run schema" writes it', async () => {
    await using database = await openDatabase(kind)
    const committed = await readFile(new URL('../../../schema.sql', import.meta.url), 'utf8')
    expect(await database.transaction(printSchema)).toBe(committed)
  })

  test('migrations run once, even when several processes start together', async () => {
    await using database = await openDatabase(kind)
    const released = await readMigrations()
    const extra = {
      number: released.length + 1,
      name: 'extra.sql',
      sql: 'create table extra (id integer); insert into extra values (1);',
    }
    const migrations = [...released, extra]
    await Promise.all([1, 2, 3].map(() => migrate(database, migrations, { now, log, dataDir: null })))
    const { rows } = await sql<{ id: number }>`select id from extra`.execute(database.db)
    expect(rows).toEqual([{ id: 1 }])
  })

  test('a migration that fails leaves nothing behind', async () => {
    await using database = await openDatabase(kind)
    const released = await readMigrations()
    const broken = {
      number: released.length + 1,
      name: 'broken.sql',
      sql: 'create table half (id integer); select no_such_column from half;',
    }
    const migrations = [...released, broken]
    await expect(migrate(database, migrations, { now, log, dataDir: null })).rejects.toThrow('no_such_column')
    const { rows } = await sql<{ here: boolean }>`select to_regclass('half') is not null as here`.execute(database.db)
    expect(rows[0]?.here).toBe(false)
  })

  test('the start refuses on a database of a newer version', async () => {
    await using database = await openDatabase(kind)
    await expect(migrate(database, [], { now, log, dataDir: null })).rejects.toThrow(DatabaseIsNewer)
  })

  test('a transaction that takes too long is rolled back and lets the others go on', async () => {
    await using database = await openDatabase(kind)
    const never = new Promise<void>(() => {})
    const insert = inTransaction(
      database.db,
      async (tx) => {
        await tx
          .insertInto('workspaces')
          .values({ id: WorkspaceId.parse(randomUUID()), name: 'x', created_at: now })
          .execute()
        await never
      },
      100,
    )
    await expect(insert).rejects.toThrow(TransactionTooLong)
    expect(await database.db.selectFrom('workspaces').selectAll().execute()).toEqual([])
  })

  test('a lease is given to one claimer, and again after it has lapsed', async () => {
    await using database = await openDatabase(kind)
    const ids = await Promise.all([1, 2, 3, 4, 5, 6].map(() => aConnection(database.db)))
    const claim = (at: Date, limit: number) =>
      claimRows<ConnectionId>(database.db, {
        table: 'connections',
        lease: 'discovery_lease_until',
        due: sql`discovery_requested_at is not null`,
        first: sql`discovery_requested_at`,
        now: at,
        leaseMs: 1000,
        limit,
      })
    const claimed = (await Promise.all([claim(now, 2), claim(now, 2), claim(now, 2)])).flat()
    expect(claimed.toSorted()).toEqual(ids.toSorted())
    expect(await claim(later(now, 999), 6)).toEqual([])
    expect((await claim(later(now, 1001), 6)).toSorted()).toEqual(ids.toSorted())
  })
})

async function aConnection(db: Awaited<ReturnType<typeof openEmbedded>>['db']): Promise<string> {
  const ids = {
    id: ConnectionId.parse(randomUUID()),
    user: UserId.parse(randomUUID()),
    workspace: WorkspaceId.parse(randomUUID()),
  }
  await db.insertInto('workspaces').values({ id: ids.workspace, name: 'x', created_at: now }).execute()
  await db
    .insertInto('users')
    .values({
      id: ids.user,
      provider: 'sandbox',
      amazon_user_id: ids.user,
      email: null,
      name: null,
      created_at: now,
      updated_at: now,
    })
    .execute()
  const token = EncryptedToken.parse('gAAAAtest')
  await db
    .insertInto('connections')
    .values({
      id: ids.id,
      workspace_id: ids.workspace,
      user_id: ids.user,
      provider: 'sandbox',
      region: 'na',
      access_token_encrypted: token,
      refresh_token_encrypted: token,
      access_token_expires_at: now,
      consented_at: now,
      discovery_requested_at: now,
      created_at: now,
      updated_at: now,
    })
    .execute()
  return ids.id
}

describe('embedded', () => {
  test('a folder is open once: the second says which folder and what to do', async () => {
    await using database = await openDatabase('embedded')
    await expect(openEmbedded(database.dataDir)).rejects.toThrow(FolderInUse)
    await expect(openEmbedded(database.dataDir)).rejects.toThrow(database.dataDir)
    await expect(openEmbedded(database.dataDir)).rejects.toThrow('DATABASE_URL')
    await database.close()
    await (await database.open()).close()
  })

  test('a lock is free again after its release', async () => {
    const folder = join(await freshDataDir(), 'database')
    const lock = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(FolderInUse)
    lock.release()
    lockFolder(folder).release()
  })

  test('a statement on the outer handle inside a transaction does not stop the app for ever', async () => {
    await using database = await openDatabase('embedded')
    const outer = inTransaction(database.db, () => database.db.selectFrom('users').selectAll().execute(), 200)
    await expect(outer).rejects.toThrow(TransactionTooLong)
    expect(await database.db.selectFrom('users').selectAll().execute()).toEqual([])
  })

  test('data is backed up before a migration changes it', async () => {
    await using database = await openDatabase('embedded')
    await aConnection(database.db)
    const folder = join(database.dataDir, 'backups')
    await expect(readdir(folder)).rejects.toThrow('ENOENT')
    const released = await readMigrations()
    const extra = { number: released.length + 1, name: 'extra.sql', sql: 'create table extra (id integer);' }
    await migrate(database, [...released, extra], { now, log, dataDir: database.dataDir })
    const [file] = await readdir(folder)
    expect(file).toBe('before-migration-2026-11-22T10-00-00.123Z.tar.gz')
    const restored = await openInMemory(new Blob([await readFile(join(folder, file!))]))
    expect(await restored.db.selectFrom('connections').select('id').execute()).toHaveLength(1)
    await restored.close()
  })

  test('the printed schema is what the migrations make', async () => {
    expect(await currentSchema()).toContain('create table workflow_executions (')
  })
})
