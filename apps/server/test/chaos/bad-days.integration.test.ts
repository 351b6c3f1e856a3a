import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as api from '@recomamp/contracts'
import {
  databaseKinds,
  eventually,
  freshDataDir,
  openTestDatabase,
  startServerProcess,
  startTcpProxy,
  startWorld,
} from '@recomamp/testkit'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { migrate, migrationsFolder, readMigrations } from '#platform/db/migrate.ts'
import { openPostgresql } from '#platform/db/postgresql.ts'
import { printSchema } from '#platform/db/print-schema.ts'
import { createLog } from '#platform/log/log.ts'
import { aQuery, ended, reached, run } from '../flows/runs.ts'

/** Migrations of the database that is brought up to date: the next one changes a table that is in use. */
const old = 3

const waiting = `select from pg_locks l join pg_database d on d.oid = l.database
  where not l.granted and d.datname = current_database()`

describe.each(databaseKinds.filter((kind) => kind === 'postgresql'))('bad days on %s', (database) => {
  test('a database that is away for seconds, and one that is slow: readings wait, nothing is lost or done twice, and it goes on by itself', async () => {
    const { hostname, port } = new URL(process.env['TEST_DATABASE_URL'] ?? '')
    await using proxy = await startTcpProxy({ host: hostname, port: Number(port) })
    await using world = await startWorld({
      database,
      emulator: { timings: { pendingMs: 1500, runningMs: 20 } },
      prepare: ({ env }) => {
        const url = new URL(env['DATABASE_URL'] ?? '')
        url.port = String(proxy.port)
        return Promise.resolve({ DATABASE_URL: url.toString() })
      },
    })
    const ana = await world.signIn('ana')
    const query = await aQuery(ana)
    const before = await run(ana, query)
    await reached(ana, before, 'pending')

    await proxy.end()
    // Asked while it is away, answered when it is back: no request that only reads fails for a pause of a second.
    const reading = ana.call(api.listWorkflows, { query: {} })
    const writing = ana
      .call(api.createWorkflow, {
        body: { name: 'x', sqlQuery: 'select 1', parameters: [], values: {}, instanceId: null },
      })
      .then(
        () => 'written',
        (error: unknown) => (error as { status?: number }).status,
      )
    await wait(1000)
    await proxy.begin()
    const [list, written] = await Promise.all([reading, writing])
    expect(list.items.map(({ id }) => id)).toContain(query.id)
    expect(['written', 503]).toContain(written)
    expect((await fetch(`${world.url()}/readyz`)).status).toBe(200)
    expect((await ended(ana, before)).status).toBe('completed')

    proxy.slowDown(100)
    const after = await run(ana, query)
    expect((await ended(ana, after)).status).toBe('completed')
    proxy.slowDown(0)
    // One run at AMC for each of ours.
    expect(world.emulator.count('execution', before.amcWorkflowId)).toBe(1)
    expect(world.emulator.count('execution', after.amcWorkflowId)).toBe(1)
    const { items } = await ana.call(api.listExecutions, { query: {} })
    expect(items.map(({ status }) => status)).toEqual(['completed', 'completed'])
  })

  test('a database that is too slow for all who ask is told as being away, with 503, and not as a failure of the product', async () => {
    await using world = await startWorld({
      database,
      prepare: () => Promise.resolve({ DATABASE_POOL_SIZE: '2' }),
    })
    const ana = await world.signIn('ana')
    const query = await aQuery(ana)
    const { db } = world.server().ctx
    const taken = Promise.withResolvers<void>()
    const holding = [0, 1].map(() => db.transaction().execute(() => taken.promise))
    await expect(ana.call(api.listWorkflows, { query: {} })).rejects.toMatchObject({
      type: 'storage-away',
      status: 503,
    })
    taken.resolve()
    await Promise.all(holding)
    const { items } = await ana.call(api.listWorkflows, { query: {} })
    expect(items.map(({ id }) => id)).toContain(query.id)

    // A change whose transaction takes longer than ten seconds is rolled back.
    const draft = { name: 'x', sqlQuery: 'select 1', parameters: [], values: {}, revision: 0, baseVersion: 1 }
    const kept = await db.transaction().execute(async (tx) => {
      await sql`lock table workflow_drafts in exclusive mode`.execute(tx)
      const keeping = ana.call(api.keepDraft, { params: { workflowId: query.id }, body: draft })
      const answer = keeping.catch((error: unknown) => error)
      await wait(11_000)
      return { answer }
    })
    expect(await kept.answer).toMatchObject({ type: 'storage-away', status: 503 })
    const { draft: none } = await ana.call(api.getWorkflow, { params: { workflowId: query.id } })
    expect(none).toBeNull()
  })

  test('a migration that is killed in its middle leaves nothing, and the next start brings the database up to date', async () => {
    const DATA_DIR = await freshDataDir()
    const place = await openTestDatabase(DATA_DIR, database, 'empty')
    const env = { DATA_DIR, ...place.env, LOG_LEVEL: 'warn' }
    const url = place.env['DATABASE_URL'] ?? ''
    const opened = openPostgresql(url, url, createLog('silent'))
    const numbers = async () =>
      (await opened.transaction((sql) => sql.query('select number from schema_migrations'))).map((row) => row['number'])
    try {
      const migrations = await readMigrations()
      const facts = { now: new Date(), log: createLog('silent'), dataDir: null }
      await migrate(opened, migrations.slice(0, old), facts)
      await opened.transaction(async (sql) => {
        // Somebody reads the table that the next migration changes.
        await sql.query('lock table workflow_executions in access share mode')
        const server = spawn(process.execPath, ['apps/server/src/main.ts'], {
          cwd: join(import.meta.dirname, '../../../..'),
          env: { ...env, PORT: '0', EMULATOR_PORT: '0' },
        })
        const ended = once(server, 'exit')
        await eventually(async () => (await sql.query(waiting)).length > 0)
        server.kill('SIGKILL')
        await ended
      })
      expect(await numbers()).toHaveLength(old)
      await using server = await startServerProcess(env)
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
      expect(await numbers()).toHaveLength(migrations.length)
      expect(await opened.transaction(printSchema)).toBe(
        await readFile(join(migrationsFolder, '../schema.sql'), 'utf8'),
      )
    } finally {
      await opened.close()
      await place.drop()
    }
  })
})

test('a clock that jumps a day ahead ends nothing falsely: what was running is asked for again and ends, and what comes next runs', async () => {
  await using world = await startWorld({ emulator: { timings: { pendingMs: 3000, runningMs: 20 } } })
  const ana = await world.signIn('ana')
  const query = await aQuery(ana)
  const before = await run(ana, query)
  await reached(ana, before, 'pending')
  world.clock.advance(24.5 * 3_600_000)
  // The session was not used for a day.
  const again = await world.signIn('ana')
  expect((await ended(again, await run(again, query))).status).toBe('completed')
  // A run that is a day old is asked for every ten minutes.
  world.clock.advance(10 * 60_000)
  expect((await ended(again, before)).status).toBe('completed')
  expect(world.emulator.count('execution', before.amcWorkflowId)).toBe(1)
})

test('a clock that jumps back by an hour holds nothing up: sessions go on, what was running ends, and what comes next runs', async () => {
  await using world = await startWorld({ emulator: { timings: { pendingMs: 3000, runningMs: 20 } } })
  const ana = await world.signIn('ana')
  const query = await aQuery(ana)
  const before = await run(ana, query)
  await reached(ana, before, 'pending')
  world.clock.advance(-3_600_000)
  expect((await ana.fetch('/api/workflows')).status).toBe(200)
  await ana.renew()
  await ana.renew()
  expect((await ended(ana, await run(ana, query))).status).toBe('completed')
  expect((await ended(ana, before)).status).toBe('completed')
  expect(world.emulator.count('execution', before.amcWorkflowId)).toBe(1)
})
