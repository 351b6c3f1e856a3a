import { randomUUID } from 'node:crypto'
import * as api from '@recomamp/contracts'
import {
  databaseKinds,
  type Person,
  startTransactionPooler,
  startWorld,
  type TestDatabase,
  type TransactionPooler,
  type World,
} from '@recomamp/testkit'
import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aQuery, ended, run } from '../../../test/flows/runs.ts'
import { readMigrations } from './migrate.ts'
import { acrossWorkspaces, inWorkspace } from './scope.ts'
import { tablesOf } from './settle-access.ts'
import { inTransaction } from './transaction.ts'

let world: World
let ana: Person
let ben: Person
let [ofAna, ofBen]: api.WorkspaceId[] = []

/** The embedded database has one role, which PostgreSQL never checks; one process alone reads it. */
const database = 'postgresql'

describe.runIf(databaseKinds.includes('postgresql'))('row-level security on postgresql', () => {
  beforeAll(async () => {
    world = await startWorld({ database })
    ana = await world.signIn('ana')
    ben = await world.signIn('ben')
    const workspaces = await Promise.all([ana, ben].map((person) => person.call(api.getCurrentUser, {})))
    ;[ofAna, ofBen] = workspaces.map(({ workspace }) => workspace.id)
    for (const person of [ana, ben])
      for (const name of ['one', 'two'])
        await person.call(api.createWorkflow, {
          body: { name, sqlQuery: 'select 1', parameters: [], values: {}, instanceId: null },
        })
  })

  afterAll(() => world[Symbol.asyncDispose]())

  const { promise: scopes, resolve: known } = Promise.withResolvers<{ a: api.WorkspaceId; b: api.WorkspaceId }>()
  beforeAll(() => {
    if (ofAna === undefined || ofBen === undefined) throw new Error('nobody has a workspace')
    known({ a: ofAna, b: ofBen })
  })

  test('S-209, S-220: a statement that forgets its workspace sees and changes nothing of another one', async () => {
    const { a, b } = await scopes
    const { db } = world.server().ctx
    const all = () => db.selectFrom('workflows').select(['id', 'workspace_id', 'name']).execute()
    expect((await acrossWorkspaces(all)).map((row) => row.workspace_id).sort()).toEqual([a, a, b, b].sort())
    expect((await inWorkspace(a, all)).map((row) => row.workspace_id)).toEqual([a, a])
    expect(await all()).toEqual([])

    const [theirs] = await inWorkspace(b, all)
    const byId = () => db.selectFrom('workflows').where('id', '=', theirs!.id).select('id').execute()
    expect(await inWorkspace(a, byId)).toEqual([])
    const rename = () => db.updateTable('workflows').set({ name: 'taken' }).executeTakeFirst()
    expect((await inWorkspace(a, rename)).numUpdatedRows).toBe(2n)
    expect((await inWorkspace(b, all)).map((row) => row.name).sort()).toEqual(['one', 'two'])
    expect((await rename()).numUpdatedRows).toBe(0n)
    const remove = () => db.deleteFrom('workflow_versions').executeTakeFirst()
    expect((await remove()).numDeletedRows).toBe(0n)
  })

  test('a row cannot be written into another workspace, nor moved there', async () => {
    const { a, b } = await scopes
    const { db } = world.server().ctx
    const event = { workspace_id: b, type: 'schema-read', payload: '{}', created_at: new Date() } as const
    const insert = () =>
      inTransaction(db, (tx) =>
        tx
          .insertInto('events')
          .values(event as never)
          .execute(),
      )
    await expect(inWorkspace(a, insert)).rejects.toThrow('row-level security')
    const move = () =>
      db
        .updateTable('workflows')
        .set({ workspace_id: b } as never)
        .execute()
    await expect(inWorkspace(a, move)).rejects.toThrow('row-level security')
  })

  test('a scope ends with its statement and its transaction, whichever connection serves the next one', async () => {
    const { a, b } = await scopes
    const { db } = world.server().ctx
    const seen = async () => {
      const rows = await sql<{
        workspace_id: string
      }>`select distinct workspace_id from workflows where pg_sleep(0.002) is not null`.execute(db)
      return rows.rows.map((row) => row.workspace_id)
    }
    const seenIn = async (tx: typeof db) => {
      await sql`select 1`.execute(tx)
      const rows = await tx.selectFrom('workflows').select('workspace_id').distinct().execute()
      return rows.map((row) => row.workspace_id)
    }
    const look = (at: number) => (at % 2 === 0 ? seen() : inTransaction(db, seenIn))
    const one = async (at: number) => {
      const mine = [null, a, b][at % 3] ?? null
      expect(await (mine === null ? look(at) : inWorkspace(mine, () => look(at)))).toEqual(mine === null ? [] : [mine])
    }
    await Promise.all(Array.from({ length: 60 }, (_, at) => one(at)))
    expect(await seen()).toEqual([])
    // A statement that fails takes its scope along.
    await expect(inWorkspace(a, () => sql`select no_such_column from workflows`.execute(db))).rejects.toThrow('no_such')
    expect(await seen()).toEqual([])
  })

  test('every table with rows of a workspace or of people has its policy, which holds for the owner too', async () => {
    const { rows } = await sql<{ name: string; owned: boolean; walled: boolean }>`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity
          and exists (select 1 from pg_policy p where p.polrelid = c.oid) as walled,
        exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname in ('workspace_id', 'user_id', 'email')) as owned
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`.execute(world.db)
    expect(rows.filter((row) => row.owned && !row.walled)).toEqual([])
    expect(rows.filter((row) => row.walled).length).toBeGreaterThanOrEqual(22)
    expect(rows.map((row) => row.name).sort()).toEqual(tablesOf(await readMigrations()).sort())
  })

  test('S-034: rows of every core table are made, read, changed and deleted by typed statements of their own workspace', async () => {
    const { a } = await scopes
    const { db } = world.server().ctx
    const id = randomUUID()
    await inWorkspace(a, async () => {
      const [one] = await db.selectFrom('workflows').selectAll().limit(1).execute()
      await db
        .insertInto('workflows')
        .values({ ...one!, id: id as never, parameters: '[]', parameter_values: '{}', tags: '[]', chart: null })
        .execute()
      await db
        .updateTable('workflows')
        .where('id', '=', id as never)
        .set({ name: 'three' })
        .execute()
      const read = await db
        .selectFrom('workflows')
        .where('id', '=', id as never)
        .select('name')
        .executeTakeFirst()
      expect(read).toEqual({ name: 'three' })
      await db
        .deleteFrom('workflows')
        .where('id', '=', id as never)
        .execute()
      expect(
        await db
          .selectFrom('workflows')
          .where('id', '=', id as never)
          .select('id')
          .execute(),
      ).toEqual([])
    })
  })
})

/** As Supabase prepares a database: roles for browsers and servers that get every right on every table to come, and a role of the server
 *  that owns nothing. */
async function asSupabase({ superUrl, env }: TestDatabase): Promise<Record<string, string>> {
  await asSuperuser(superUrl, [
    ...['anon', 'authenticated', 'service_role'].map((name) =>
      makeRole(name, name === 'service_role' ? 'bypassrls' : ''),
    ),
    makeRole('recomamp_test_app', `login password 'recomamp_test_app'`),
    'grant usage on schema public to anon, authenticated, service_role',
    `alter default privileges for role recomamp_test in schema public
      grant all on tables to anon, authenticated, service_role`,
  ])
  const url = new URL(env['DATABASE_URL'] ?? '')
  url.username = url.password = 'recomamp_test_app'
  return { DATABASE_URL: url.toString(), DATABASE_ADMIN_URL: env['DATABASE_URL'] ?? '' }
}

function makeRole(name: string, how: string): string {
  return `do $$ begin create role ${name} ${how}; exception when duplicate_object or unique_violation then null; end $$`
}

async function asSuperuser<Row extends object>(url: string | null, statements: readonly string[]): Promise<Row[]> {
  const client = new Client({ connectionString: url ?? '' })
  await client.connect()
  try {
    let rows: Row[] = []
    for (const statement of statements) rows = (await client.query<Row>(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

describe.runIf(databaseKinds.includes('postgresql'))('a database as Supabase has them, on postgresql', () => {
  test('S-220, S-221, S-235: strangers read nothing; the role of the server reads and writes rows and cannot change the schema', async () => {
    let superUrl: string | null = null
    await using hosted = await startWorld({
      database,
      prepare: (made) => {
        superUrl = made.superUrl
        return asSupabase(made)
      },
    })
    const person = await hosted.signIn('ana')
    const body = { name: 'one', sqlQuery: 'select 1', parameters: [], values: {}, instanceId: null }
    await person.call(api.createWorkflow, { body })
    expect((await person.call(api.listWorkflows, { query: {} })).total).toBe(1)

    const tables = tablesOf(await readMigrations())
    for (const role of ['anon', 'authenticated'])
      for (const table of tables)
        await expect(asSuperuser(superUrl, [`set role ${role}`, `select * from ${table}`]), table).rejects.toThrow(
          'permission denied',
        )
    // And should somebody give them every right again, the policies still show nothing of a workspace and nobody's address.
    await asSuperuser(superUrl, ['grant all on all tables in schema public to anon'])
    for (const table of ['workflows', 'connections', 'users', 'audit_log', 'sessions'])
      expect(await asSuperuser(superUrl, ['set role anon', `select * from ${table}`])).toEqual([])
    await hosted.restart()
    await expect(asSuperuser(superUrl, ['set role anon', 'select * from users'])).rejects.toThrow('permission denied')

    const asServer = (statement: string) => asSuperuser(superUrl, ['set role recomamp_test_app', statement])
    await expect(asServer('alter table users add column spare text')).rejects.toThrow('must be owner')
    await expect(asServer('create table spare (id integer)')).rejects.toThrow('permission denied')
    await expect(asServer('alter table users no force row level security')).rejects.toThrow('must be owner')
    await expect(asServer('truncate audit_log')).rejects.toThrow('permission denied')
  })

  test('S-219: everything works through a pooler in transaction mode', async () => {
    const poolers: TransactionPooler[] = []
    await using pooled = await startWorld({
      database,
      prepare: async ({ env }) => {
        const pooler = await startTransactionPooler(env['DATABASE_URL'] ?? '', 3)
        poolers.push(pooler)
        return { DATABASE_URL: pooler.url, DATABASE_ADMIN_URL: env['DATABASE_URL'] ?? '', DATABASE_POOL_SIZE: '20' }
      },
    })
    const people = await Promise.all(['ana', 'ben'].map((name) => pooled.signIn(name)))
    const finished = people.map(async (person) => {
      const query = await aQuery(person)
      const runs = await Promise.all([1, 2, 3].map(() => run(person, query)))
      const statuses = await Promise.all(runs.map((one) => ended(person, one)))
      expect(statuses.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed'])
      expect((await person.call(api.listWorkflows, { query: {} })).total).toBe(1)
    })
    await Promise.all(finished)
    const [pooler] = poolers
    expect(
      pooler?.transactions().every((count) => count > 50),
      String(pooler?.transactions()),
    ).toBe(true)
    await pooler?.[Symbol.asyncDispose]()
  })
})
