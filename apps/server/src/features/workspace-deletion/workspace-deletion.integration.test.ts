import { existsSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as api from '@recomamp/contracts'
import { databaseKinds, eventually, type Person, signInAt, startWorld, usualKind, type World } from '@recomamp/testkit'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aQuery, anInstance, ended, reached, run } from '../../../test/flows/runs.ts'

/** Every column of the database that names a workspace, as the database tells it. */
async function columnsOf({ db }: World): Promise<{ table: string; column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = 'public' and (column_name like '%workspace_id' or (table_name = 'workspaces' and column_name = 'id'))
    order by table_name, column_name`.execute(db)
  return rows
}

/** How many rows each table has of a workspace. */
async function rowsOf(world: World, id: api.WorkspaceId): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { table, column } of await columnsOf(world)) {
    const { rows } = await sql<{ count: string }>`
      select count(*) as count from ${sql.table(table)} where ${sql.ref(column)} = ${id}`.execute(world.db)
    counts[`${table}.${column}`] = Number(rows[0]?.count)
  }
  return counts
}

/** One hash of all rows that each table has of a workspace. */
async function printOf(world: World, id: api.WorkspaceId): Promise<Record<string, string>> {
  const prints: Record<string, string> = {}
  for (const { table, column } of await columnsOf(world)) {
    const { rows } = await sql<{ print: string }>`
      select md5(coalesce(string_agg(row::text, '|' order by row::text), '')) as print
      from ${sql.table(table)} row where ${sql.ref(column)} = ${id}`.execute(world.db)
    prints[`${table}.${column}`] = rows[0]?.print ?? ''
  }
  return prints
}

/** Every file of the data folder whose name or folder has one of these ids. */
async function filesOf(world: World, ids: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const part of ['results', 'exports']) {
    const folder = join(world.dataDir, part)
    if (!existsSync(folder)) continue
    const names = await readdir(folder, { recursive: true })
    found.push(...names.filter((name) => ids.some((id) => name.includes(id))))
  }
  return found
}

/** Something of every kind; answers the ids that files are named by. */
async function furnish(world: World, person: Person): Promise<{ workspaceId: api.WorkspaceId; ids: string[] }> {
  const user = await person.call(api.getCurrentUser, {})
  const [instance, query] = [await anInstance(person), await aQuery(person)]
  const params = { workflowId: query.id }
  const execution = await ended(
    person,
    await run(person, query, { instanceId: instance.id }, { 'idempotency-key': crypto.randomUUID() }),
  )
  await person.call(api.syncWorkflow, { params, body: { version: 1, instanceId: instance.id } })
  const { id: exportId } = await person.call(api.createExport, {
    params: { executionId: execution.id },
    body: { format: 'csv' },
  })
  await eventually(async () => (await person.call(api.getExport, { params: { exportId } })).status === 'completed')
  await person.call(api.forkTemplate, {
    body: {
      id: api.TemplateId.parse(`own-${user.id}`),
      workflowId: query.id,
      version: 1,
      question: 'Whose is it?',
      name: 'A template',
      category: 'Orientation',
      tags: [],
      difficulty: 1,
      reading: '',
      pitfalls: [],
      visibleTo: 'workspace',
    },
  })
  await person.call(api.createToken, { body: { name: 'a token', scopes: ['read'], days: 1 } })
  await person.call(api.invite, { body: { role: 'viewer' } })
  const { webhook } = await person.call(api.createWebhook, {
    body: { kind: 'webhook', address: 'https://example.com/hook', events: ['connection.reconnect_needed'] },
  })
  const workspaceId = user.workspace.id
  await sql`
    insert into webhook_deliveries (id, workspace_id, webhook_id, type, about, dedupe_key, payload, state, created_at)
    values (gen_random_uuid(), ${workspaceId}, ${webhook.id}, 'webhook.test', 'x', 'x', '{}', 'delivered', now())`.execute(
    world.db,
  )
  await sql`
    insert into webhook_attempts (delivery_id, attempt, workspace_id, at)
    select id, 1, workspace_id, now() from webhook_deliveries where workspace_id = ${workspaceId}`.execute(world.db)
  await sql`
    insert into workflow_drafts (workspace_id, workflow_id, user_id, revision, base_version, content, kept_at)
    values (${workspaceId}, ${query.id}, ${user.id}, 1, 1, '{}', now())`.execute(world.db)
  await sql`update users set last_workspace_id = ${workspaceId} where id = ${user.id}`.execute(world.db)
  await sql`
    insert into live_schemas (workspace_id, fingerprint, table_names, tables, written_at)
    values (${workspaceId}, 'x', '[]', '[]', now())`.execute(world.db)
  await sql`
    insert into schema_snapshots (id, workspace_id, instance_id, fingerprint, first_read_at, last_read_at)
    values (gen_random_uuid(), ${workspaceId}, ${instance.id}, 'x', now(), now())`.execute(world.db)
  return { workspaceId, ids: [execution.id, exportId] }
}

test.each(databaseKinds)(
  'of a deleted workspace no row of any table is left and no file, its people lose it at once, and another workspace is as it was, on %s',
  async (database) => {
    await using world = await startWorld({ database })
    const [ana, ben, cleo] = [await world.signIn('ana'), await world.signIn('ben'), await world.signIn('cleo')]
    const [own, other] = [await furnish(world, ana), await furnish(world, ben)]
    const people = await Promise.all([ana, ben, cleo].map((person) => person.call(api.getCurrentUser, {})))
    const [anaId, , cleoId] = people.map(({ id }) => id)
    // Cleo has a workspace of her own, and is in Ana's now.
    const { secret } = await ana.call(api.invite, { body: { role: 'analyst' } })
    await cleo.call(api.acceptInvitation, { body: { secret } })
    await cleo.renew()
    const token = await cleo.call(api.createToken, { body: { name: 'hers', scopes: ['read'], days: 1 } })
    await writeFile(join(world.dataDir, 'results', `${crypto.randomUUID()}.parquet`), 'of nobody')

    const name = 'Workspace of Ana Sorel'
    const before = await rowsOf(world, own.workspaceId)
    expect(Object.entries(before).filter(([, count]) => count === 0)).toEqual([])
    expect((await filesOf(world, own.ids)).length).toBeGreaterThanOrEqual(2)
    const othersFiles = await filesOf(world, other.ids)
    // What goes on in the background is over: the query is at AMC, and for a while nothing changes.
    await eventually(async () => {
      const { rows } =
        await sql`select from amc_copies where workspace_id = ${other.workspaceId} and state = 'waiting'`.execute(
          world.db,
        )
      return rows.length === 0
    })
    const print = await eventually(async () => {
      const one = await printOf(world, other.workspaceId)
      await wait(2000)
      return JSON.stringify(await printOf(world, other.workspaceId)) === JSON.stringify(one) && one
    })

    const told = await ana.call(api.getWorkspaceDeletion, {})
    expect(told).toMatchObject({ name, members: 2, queries: 1, executions: 1, connections: 1, otherOwners: [] })
    await expect(cleo.call(api.deleteWorkspace, { body: { name } })).rejects.toMatchObject({ type: 'role-needed' })
    await expect(ana.call(api.deleteWorkspace, { body: { name: 'workspace of ana' } })).rejects.toMatchObject({
      type: 'workspace-name-differs',
    })
    await ana.call(api.changeRole, { params: { userId: cleoId! }, body: { role: 'owner' } })
    await expect(ana.call(api.deleteWorkspace, { body: { name } })).rejects.toMatchObject({ type: 'other-owners' })
    await ana.call(api.changeRole, { params: { userId: cleoId! }, body: { role: 'viewer' } })

    const stream = await cleo.fetch(api.eventsPath)
    await ana.call(api.deleteWorkspace, { body: { name } })
    // As for a workspace that is not theirs: a session that names it is refused, a token of it is unknown.
    await expect(ana.call(api.listWorkflows, { query: {} })).rejects.toMatchObject({ status: 401 })
    await expect(cleo.call(api.listWorkflows, { query: {} })).rejects.toMatchObject({ type: 'session-ended' })
    const byToken = await fetch(`${world.url()}/api/workflows`, {
      headers: { authorization: `Bearer ${token.secret}` },
    })
    expect(byToken.status).toBe(401)
    // The stream of a member comes to its end.
    for await (const _ of stream.body ?? []);
    await cleo.renew()
    expect((await cleo.call(api.getCurrentUser, {})).workspaces.map((each) => each.name)).toEqual([
      'Workspace of Cleo Marchetti',
    ])
    await expect(ana.renew()).rejects.toMatchObject({ status: 401 })

    await eventually(async () => {
      const left = await rowsOf(world, own.workspaceId)
      return Object.values(left).every((count) => count === 0)
    }, 60_000)
    expect(await filesOf(world, own.ids)).toEqual([])
    expect(await printOf(world, other.workspaceId)).toEqual(print)
    expect(await filesOf(world, other.ids)).toEqual(othersFiles)
    expect(othersFiles.length).toBeGreaterThanOrEqual(2)
    const users = (await world.db.selectFrom('users').select('id').execute()).map(({ id }) => id)
    expect([users.includes(anaId!), users.includes(cleoId!)]).toEqual([false, true])
    await ben.call(api.getResults, { params: { executionId: api.ExecutionId.parse(other.ids[0]) }, query: {} })

    // Who comes back begins anew.
    const again = await (await signInAt(world.url(), 'ana')).call(api.getCurrentUser, {})
    expect([again.workspace.id === own.workspaceId, again.workspaces.length, again.role]).toEqual([false, 1, 'owner'])
  },
)

test.each(usualKind)(
  'runs under way are not asked for any more once their workspace is deleted, on %s',
  async (database) => {
    await using world = await startWorld({
      database,
      env: { EXECUTION_POLL_INTERVAL_SECONDS: '1' },
      emulator: { timings: { pendingMs: 600_000, runningMs: 600_000 } },
    })
    const ana = await world.signIn('ana')
    const { workspace } = await ana.call(api.getCurrentUser, {})
    await reached(ana, await run(ana, await aQuery(ana)), 'pending')
    await ana.call(api.deleteWorkspace, { body: { name: workspace.name } })
    await eventually(async () => {
      const left = await rowsOf(world, workspace.id)
      return Object.values(left).every((count) => count === 0)
    }, 60_000)
    const asked = () => world.emulator.count('call', 'listWorkflowExecutions')
    const before = asked()
    await new Promise((resolve) => setTimeout(resolve, 4000))
    expect(asked()).toBe(before)
  },
)
