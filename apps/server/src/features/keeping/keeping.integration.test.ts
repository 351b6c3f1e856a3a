import { existsSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as api from '@recomamp/contracts'
import {
  databaseKinds,
  eventually,
  type Person,
  startS3Server,
  startWorld,
  usualKind,
  type World,
} from '@recomamp/testkit'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openResultStore } from '#features/executions/index.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Job } from '#platform/jobs/job.ts'
import { aQuery, ended, run } from '../../../test/flows/runs.ts'
import { removeOldJob } from './remove-old.job.ts'
import { dropResultCopiesJob, sweepResultsJob } from './sweep-results.job.ts'

const day = 86_400_000

/** A round of a job, over all workspaces as the server's own; ended before it claims a second part where that is asked. */
async function round(world: World, jobOf: (store: ReturnType<typeof openResultStore>) => Job): Promise<void> {
  const store = openResultStore(world.server().ctx.files.results)
  try {
    const { signal } = new AbortController()
    await acrossWorkspaces(() => jobOf(store).run(world.server().ctx, signal, () => undefined))
  } finally {
    await store.close()
  }
}

const filesIn = async (folder: string) =>
  existsSync(folder) ? (await readdir(folder)).filter((name) => !name.startsWith('.')) : []

async function aResult(person: Person): Promise<api.Execution> {
  return ended(person, await run(person, await aQuery(person)))
}

/** Makes a run and what was told of it as old as so many days. */
async function age({ db }: World, executionId: api.ExecutionId, days: number): Promise<void> {
  const at = new Date(Date.now() - days * day)
  await db.updateTable('workflow_executions').where('id', '=', executionId).set({ finished_at: at }).execute()
}

test.each(databaseKinds)(
  'results past their time lose their rows and files, keep their facts and their query, and run again, on %s',
  async (database) => {
    await using world = await startWorld({ database })
    const [ana, ben] = [await world.signIn('ana'), await world.signIn('ben')]
    const [old, young, foreign] = [await aResult(ana), await aResult(ana), await aResult(ben)]
    const made = await ana.call(api.createExport, { params: { executionId: old.id }, body: { format: 'csv' } })
    const exported = { exportId: made.id }
    await eventually(async () => (await ana.call(api.getExport, { params: exported })).status === 'completed')
    for (const { id } of [old, foreign]) await age(world, id, 31)
    await age(world, young.id, 29)

    const preview = (query: api.QueryGiven<typeof api.previewKeeping>) => ana.call(api.previewKeeping, { query })
    expect(await ana.call(api.getKeeping, {})).toEqual({ resultDays: null, auditDays: null, deliveryDays: 30 })
    expect(await preview({ resultDays: 30 })).toMatchObject({
      results: { count: 1, bytes: old.resultBytes },
      auditEntries: 0,
      deliveries: 0,
    })
    expect((await preview({ resultDays: 365 })).results).toEqual({ count: 0, bytes: 0, oldest: null })
    await round(world, removeOldJob)
    expect((await filesIn(join(world.dataDir, 'results'))).length).toBe(3)

    await ana.call(api.changeKeeping, { body: { resultDays: 30 } })
    const params = { executionId: old.id }
    await eventually(async () => (await ana.call(api.getExecution, { params })).resultsRemovedAt !== null)
    const after = await ana.call(api.getExecution, { params })
    expect({ ...after, resultsRemovedAt: null, finishedAt: old.finishedAt }).toEqual(old)
    for (const ask of [
      () => ana.call(api.getResults, { params, query: {} }),
      () => ana.call(api.getColumnStatistics, { params, query: { column: 'impressions' } }),
      () => ana.call(api.createExport, { params, body: { format: 'csv' } }),
      () => ana.call(api.compareResults, { params: { executionId: young.id }, query: { with: old.id } }),
    ])
      await expect(ask()).rejects.toMatchObject({ type: 'results-past-retention', status: 410 })
    await eventually(async () => (await filesIn(join(world.dataDir, 'results'))).length === 2)
    await eventually(async () => (await filesIn(join(world.dataDir, 'exports'))).length === 0)
    await expect(ana.call(api.getExport, { params: exported })).rejects.toMatchObject({ type: 'export-not-found' })
    const [row] = (
      await sql<Record<string, unknown>>`select * from workflow_executions where id = ${old.id}`.execute(world.db)
    ).rows
    expect([row?.['result_data'], row?.['result_file_waits']]).toEqual([null, false])
    // Others stay: younger ones, and those of a workspace that decided nothing.
    const rows = { query: {} }
    expect((await ana.call(api.getResults, { params: { executionId: young.id }, ...rows })).rowCount).toBeGreaterThan(0)
    expect((await ben.call(api.getResults, { params: { executionId: foreign.id }, ...rows })).rowCount).toBeGreaterThan(
      0,
    )
    const again = await ended(ana, await ana.call(api.repeatExecution, { params }))
    expect(again).toMatchObject({ status: 'completed', rowCount: old.rowCount, resultsRemovedAt: null })
    const [entry] = (await ana.call(api.listAudit, { query: { action: 'keeping-changed' } })).items
    expect(entry).toMatchObject({
      object: { kind: 'workspace', name: 'Workspace of Ana Sorel' },
      detail: { from: { resultDays: null }, to: { resultDays: 30 } },
    })
  },
)

test.each(usualKind)(
  'a round that ends between the row and the file is taken up by the next one, on %s',
  async (database) => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const runs = [await aResult(ana), await aResult(ana)]
    for (const { id } of runs) await age(world, id, 8)
    const folder = join(world.dataDir, 'results')
    // As a process leaves it that is killed after the row and before the file, and one that is killed after the file.
    await world.db
      .updateTable('workflow_executions')
      .where('id', '=', runs[0]!.id)
      .set({ results_removed_at: new Date(), result_file_waits: true, result_data: null })
      .execute()
    expect(await filesIn(folder)).toContain(`${runs[0]!.id}.parquet`)
    await round(world, removeOldJob)
    expect(await filesIn(folder)).toEqual([`${runs[1]!.id}.parquet`])
    await world.db
      .updateTable('workflow_executions')
      .where('id', '=', runs[0]!.id)
      .set({ result_file_waits: true })
      .execute()
    await round(world, removeOldJob)
    await round(world, removeOldJob)
    const waiting = world.db.selectFrom('workflow_executions').where('result_file_waits', '=', true).select('id')
    expect(await waiting.execute()).toEqual([])

    // A file whose row is gone, and one that came after its rows had been removed.
    for (const id of [crypto.randomUUID(), runs[0]!.id]) await writeFile(join(folder, `${id}.parquet`), 'rows')
    await round(world, sweepResultsJob)
    expect(await filesIn(folder)).toEqual([`${runs[1]!.id}.parquet`])
  },
)

test.each(usualKind)('more than fits into one part is removed part by part, on %s', async (database) => {
  await using world = await startWorld({ database })
  const ana = await world.signIn('ana')
  const { id } = await aResult(ana)
  await age(world, id, 40)
  const columns = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_name = 'workflow_executions' and column_name not in ('id', 'amc_execution_id')`.execute(world.db)
  const names = sql.raw(columns.rows.map(({ name }) => name).join(', '))
  await sql`insert into workflow_executions (id, ${names})
    select gen_random_uuid(), ${names} from workflow_executions, generate_series(1, 250)`.execute(world.db)
  await ana.call(api.changeKeeping, { body: { resultDays: 30 } })
  await eventually(async () => {
    const left = world.db
      .selectFrom('workflow_executions')
      .where((eb) => eb.or([eb('results_removed_at', 'is', null), eb('result_file_waits', '=', true)]))
    return (await left.select('id').execute()).length === 0
  })
  const told = await world.db.selectFrom('events').where('type', '=', 'results-removed').select('payload').execute()
  const sizes = told.map(({ payload }) => (payload as { executionIds: string[] }).executionIds.length)
  expect([Math.max(...sizes) <= 100, sizes.reduce((sum, size) => sum + size, 0)]).toEqual([true, 251])
})

test.each(databaseKinds)(
  'of the audit log only what is older than its workspace keeps it goes, only by the job, and of webhooks what was sent before, on %s',
  async (database) => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const { workspace, id: userId } = await ana.call(api.getCurrentUser, {})
    const entry = (days: number) => ({
      workspace_id: workspace.id,
      at: new Date(Date.now() - days * day),
      action: 'query-saved' as const,
      user_id: userId,
      user_name: `${days} days ago`,
      via: 'session' as const,
      via_name: null,
      object_kind: 'query' as const,
      object_id: 'x',
      object_name: null,
      detail: '{}',
      address: '127.0.0.1',
      user_agent: null,
      request_id: 'x',
    })
    const ages = [400, 200, 100, 91, 89, 1]
    await world.db.insertInto('audit_log').values(ages.map(entry)).execute()
    const left = async () => {
      const { items } = await ana.call(api.listAudit, { query: { action: 'query-saved', limit: 100 } })
      return items.map(({ person }) => person.name).toReversed()
    }
    await round(world, removeOldJob)
    expect((await left()).length).toBe(6)
    await expect(ana.call(api.changeKeeping, { body: { auditDays: 89 } })).rejects.toMatchObject({ status: 400 })
    expect((await ana.call(api.previewKeeping, { query: { auditDays: 180 } })).auditEntries).toBe(2)

    const { db } = world.server().ctx
    const removing = (statement: string) =>
      acrossWorkspaces(() =>
        inTransaction(db, async (tx) => {
          await sql`select set_config('app.removes', 'audit-log', true)`.execute(tx)
          await sql.raw(statement).execute(tx)
        }),
      )
    // The database refuses what the workspace keeps, and everything to who does not say that it removes.
    await expect(removing('delete from audit_log')).rejects.toThrow('append-only')
    await ana.call(api.changeKeeping, { body: { auditDays: 90 } })
    await expect(removing('delete from audit_log')).rejects.toThrow('append-only')
    await expect(removing('update audit_log set user_name = null')).rejects.toThrow('append-only')
    await expect(removing('truncate audit_log')).rejects.toThrow('append-only')
    await expect(sql`delete from audit_log where at < now() - interval '1 year'`.execute(world.db)).rejects.toThrow(
      'append-only',
    )
    await eventually(async () => (await left()).length === 2)
    expect(await left()).toEqual(['89 days ago', '1 days ago'])

    const { webhook } = await ana.call(api.createWebhook, {
      body: { kind: 'webhook', address: 'https://example.com/hook', events: ['connection.reconnect_needed'] },
    })
    await sql`
      insert into webhook_deliveries (id, workspace_id, webhook_id, type, about, dedupe_key, payload, state, created_at)
      select gen_random_uuid(), ${workspace.id}, ${webhook.id}, 'webhook.test', 'x', n::text, '{}', 'delivered',
        now() - n * interval '1 day' from generate_series(1, 40) n`.execute(world.db)
    const deliveries = async () => (await world.db.selectFrom('webhook_deliveries').select('id').execute()).length
    await round(world, removeOldJob)
    expect(await deliveries()).toBe(29)
    expect((await ana.call(api.previewKeeping, { query: { deliveryDays: 7 } })).deliveries).toBe(23)
    await ana.call(api.changeKeeping, { body: { deliveryDays: 7 } })
    await eventually(async () => (await deliveries()) === 6)
  },
)

test('in a bucket the rows go too, and every process drops what its machine still holds', async () => {
  await using s3 = await startS3Server()
  await using world = await startWorld({ env: { RESULTS_S3_URL: s3.url } })
  const ana = await world.signIn('ana')
  const { id } = await aResult(ana)
  await age(world, id, 8)
  const { results } = world.server().ctx.files
  expect(await results.list('')).toEqual([`${id}.parquet`])
  await ana.call(api.changeKeeping, { body: { resultDays: 7 } })
  await eventually(async () => (await results.list('')).length === 0)
  await eventually(async () => (await filesIn(results.folder)).length === 0)
  await writeFile(join(results.folder, `${id}.parquet`), 'a copy that another process has fetched')
  await round(world, dropResultCopiesJob)
  expect(await filesIn(results.folder)).toEqual([])
})
