import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as api from '@recomamp/contracts'
import { databaseKinds, eventually, type Person, startWorld, type World } from '@recomamp/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openResultStore } from '../../src/features/executions/index.ts'
import { emptyTrashJob } from '../../src/features/trash/index.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import { aQuery, anInstance, byCampaign, type Caller, ended, run } from './runs.ts'

const day = 86_400_000

/** One for all tests of a database: each makes queries of its own. */
let world: World
let ana: Person

describe.each(databaseKinds)('the library of queries, on %s', (database) => {
  beforeAll(async () => {
    world = await startWorld({ database })
    ana = await world.signIn('ana')
  })

  afterEach(() => world.emulator.faults.clear())

  afterAll(() => world[Symbol.asyncDispose]())

  const save = (query: api.Workflow, change: Partial<api.WorkflowContent>) => {
    const { name, sqlQuery, parameters, values } = query.current
    const body = { name, sqlQuery, parameters, values, ...change, baseVersion: query.version, instanceId: null }
    return ana.call(api.saveWorkflow, { params: { workflowId: query.id }, body })
  }

  const named = async (name: string, sqlQuery = byCampaign) => save(await aQuery(ana, sqlQuery), { name })

  const view = ({ id }: api.Workflow) => ana.call(api.getWorkflow, { params: { workflowId: id } })

  const copyOf = async ({ id }: api.Workflow) =>
    (await ana.call(api.listCopies, { params: { workflowId: id } })).items[0]?.state

  /** Syncs a query and waits until AMC has it. */
  const synced = async (query: api.Workflow) => {
    const { id: instanceId } = await anInstance(ana)
    await ana.call(api.syncWorkflow, { params: { workflowId: query.id }, body: { version: query.version, instanceId } })
    await eventually(async () => (await copyOf(query)) === 'in-step')
    return instanceId
  }

  const emptyTrash = () =>
    acrossWorkspaces(() =>
      emptyTrashJob(openResultStore(world.server().ctx.files.results)).run(
        world.server().ctx,
        AbortSignal.timeout(60_000),
        () => undefined,
      ),
    )

  /** Every page of a list, in pages of three. */
  async function whole(query: api.QueryGiven<typeof api.listWorkflows>): Promise<api.WorkflowSummary[]> {
    const rows: api.WorkflowSummary[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await ana.call(api.listWorkflows, {
        query: { ...query, limit: 3, ...(cursor === undefined ? {} : { cursor }) },
      })
      rows.push(...page.items)
      cursor = page.nextCursor
      const isWhole = cursor === null
      expect(page.total === rows.length).toBe(isWhole)
    }
    return rows
  }

  test('S-145, S-013: the list is searched, filtered and sorted by the server, page by page, with its counts', async () => {
    const instance = await anInstance(ana)
    const mark = `mark${crypto.randomUUID().slice(0, 8)}`
    const made: api.Workflow[] = []
    for (const name of ['beta', 'Alpha', 'alpha', 'delta', 'gamma'])
      made.push(await named(`${name} ${mark}`, `${byCampaign}\n-- text of ${name}`))
    const [beta, alpha, small, delta, gamma] = made as [
      api.Workflow,
      api.Workflow,
      api.Workflow,
      api.Workflow,
      api.Workflow,
    ]
    await ended(ana, await run(ana, delta, { instanceId: instance.id }))
    await ended(ana, await run(ana, beta, { instanceId: instance.id }))
    const refused = { operation: 'createWorkflowExecution', times: 1, status: 400, details: 'No.' } as const
    world.emulator.faults.add(refused)
    await ended(ana, await run(ana, gamma, { instanceId: instance.id }))
    const names = async (query: api.QueryGiven<typeof api.listWorkflows>) =>
      (await whole({ q: mark, ...query })).map(({ name }) => name.replace(` ${mark}`, ''))

    expect(await names({})).toEqual(['gamma', 'delta', 'alpha', 'Alpha', 'beta'])
    expect(await names({ order: 'asc' })).toEqual(['beta', 'Alpha', 'alpha', 'delta', 'gamma'])
    // Equal in small letters, so that the id decides; whichever it is, none is missed or shown twice.
    expect((await names({ sort: 'name' })).map((name) => name.toLowerCase())).toEqual([
      'alpha',
      'alpha',
      'beta',
      'delta',
      'gamma',
    ])
    expect((await names({ sort: 'run' })).slice(0, 3)).toEqual(['gamma', 'beta', 'delta'])
    expect((await names({ sort: 'run', order: 'asc' })).slice(2)).toEqual(['delta', 'beta', 'gamma'])
    expect(await names({ outcome: 'never' })).toEqual(['alpha', 'Alpha'])
    expect(await names({ outcome: 'failed' })).toEqual(['gamma'])
    expect(await names({ outcome: 'completed', sort: 'name' })).toEqual(['beta', 'delta'])
    expect(await names({ outcome: 'open' })).toEqual([])
    // The text is searched too, and a percent sign is a percent sign.
    expect((await whole({ q: 'TEXT OF GAMMA' })).map(({ id }) => id)).toContain(gamma.id)
    expect(await names({ q: `%${mark}` })).toEqual([])

    await ana.call(api.tagWorkflows, { body: { workflowIds: [beta.id, delta.id], add: [mark, 'Q4'] } })
    await ana.call(api.tagWorkflows, { body: { workflowIds: [beta.id], add: ['reach', mark], remove: ['Q4'] } })
    expect(await names({ tag: 'Q4' })).toEqual(['delta'])
    expect(await whole({ q: mark, tag: mark, sort: 'name' })).toMatchObject([
      { id: beta.id, tags: [mark, 'reach'] },
      { id: delta.id, tags: [mark, 'Q4'] },
    ])
    await synced(alpha)
    await synced(beta)
    await save(beta, { sqlQuery: `${byCampaign}\nHAVING SUM(impressions) > 7` })
    expect(await names({ copy: 'in-step' })).toEqual(['Alpha'])
    expect(await names({ copy: 'behind' })).toEqual(['beta'])
    expect(await names({ copy: 'none', sort: 'name' })).toEqual(['alpha', 'delta', 'gamma'])
    const draft = { ...small.current, sqlQuery: 'SELECT 9' }
    const { name, sqlQuery, parameters, values } = draft
    const body = { name, sqlQuery, parameters, values, revision: 0, baseVersion: 2 }
    await ana.call(api.keepDraft, { params: { workflowId: small.id }, body })
    expect(await names({ shelf: 'drafts' })).toEqual(['alpha'])
    expect(await names({ shelf: 'others' })).toEqual([])
    expect(await names({ shelf: 'mine', instanceId: instance.id })).toEqual([])
    const [first] = await whole({ q: `gamma ${mark}` })
    expect(first).toMatchObject({
      latestExecution: { status: 'failed', failure: expect.any(String) },
      copies: null,
      draftKeptAt: null,
    })

    const before = await ana.call(api.countWorkflows, {})
    expect(before.tags.find(({ tag }) => tag === mark)).toEqual({ tag: mark, count: 2 })
    await ana.call(api.deleteWorkflow, { params: { workflowId: delta.id } })
    expect(await names({})).not.toContain('delta')
    expect(await names({ shelf: 'trash' })).toEqual(['delta'])
    const after = await ana.call(api.countWorkflows, {})
    expect(after.shelves).toEqual({
      ...before.shelves,
      all: before.shelves.all - 1,
      mine: before.shelves.mine - 1,
      trash: before.shelves.trash + 1,
    })
    expect(after.tags.find(({ tag }) => tag === 'Q4')).toBeUndefined()
  })

  test('S-147, S-115: an update makes a version, and says how far the copy at AMC is behind; several are brought in step at once', async () => {
    const query = await aQuery(ana)
    const instanceId = await synced(query)
    const second = await save(query, { name: 'Renamed' })
    expect(second.copies).toEqual({ state: 'in-step', count: 1, versionsBehind: 0 })
    const third = await save(second, { sqlQuery: `${byCampaign}\nHAVING SUM(impressions) > 1` })
    expect(third).toMatchObject({ version: 3, copies: { state: 'behind', versionsBehind: 2 } })
    const untouched = await aQuery(ana)
    const impossible = await aQuery(ana)
    await synced(impossible)
    await save(impossible, { sqlQuery: 'SELECT campaign FROM dsp_impressions LIMIT {{n}}' })
    const workflowIds = [query.id, untouched.id, impossible.id]
    const answer = await ana.call(api.syncWorkflows, { body: { workflowIds } })
    expect(answer).toMatchObject({ asked: 1, refused: [{ workflowId: impossible.id, instanceId }] })
    await eventually(async () => (await view(query)).copies?.state === 'in-step')
    expect([(await view(untouched)).copies, (await view(impossible)).copies?.state]).toEqual([null, 'behind'])
  })

  test('the history tells who saved what, what ran on it and how it ended; an earlier version comes back as a new one', async () => {
    const { id: instanceId } = await anInstance(ana)
    const first = await aQuery(ana)
    const params = { workflowId: first.id }
    for (let runs = 0; runs < 2; runs += 1) await ended(ana, await run(ana, first, { instanceId }))
    await ended(ana, await run(ana, first, { instanceId, dryRun: true }))
    const second = await save(first, { sqlQuery: 'SELECT no_such_column FROM dsp_impressions' })
    const history = (query: api.QueryGiven<typeof api.listWorkflowVersions> = {}) =>
      ana.call(api.listWorkflowVersions, { params, query })
    const restore = (version: number, baseVersion: number) =>
      ana.call(api.restoreWorkflowVersion, { params: { ...params, version }, body: { baseVersion } })
    const draft = { name: 'A query', sqlQuery: 'SELECT 3', parameters: [], values: {} }
    await ana.call(api.keepDraft, { params, body: { ...draft, revision: 0, baseVersion: 2 } })
    const restored = await restore(1, second.version)
    expect(restored).toMatchObject({ version: 3, current: { sqlQuery: byCampaign }, draft: { sqlQuery: 'SELECT 3' } })
    // Sent again because the answer was lost.
    expect((await restore(1, second.version)).version).toBe(3)
    await expect(restore(2, 1)).rejects.toMatchObject({ type: 'version-conflict' })
    await expect(restore(9, 3)).rejects.toMatchObject({ type: 'version-not-found' })
    const { items, total, nextCursor } = await history({ limit: 2 })
    expect(total).toBe(3)
    expect(items).toMatchObject([
      { version: 3, restoredFrom: 1, executionCount: 0, latestExecution: null, savedBy: { name: 'Ana Sorel' } },
      { version: 2, restoredFrom: null, executionCount: 0 },
    ])
    const last = await history({ limit: 2, cursor: nextCursor ?? '' })
    expect(last).toMatchObject({ total: 3, nextCursor: null })
    expect(last.items).toMatchObject([
      { version: 1, executionCount: 2, latestExecution: { status: 'completed', failure: null } },
    ])
  })

  test('S-148, F-46: a query goes to the trash and comes back, and its runs and their rows stay; what is there is not run, saved or synced', async () => {
    const { id: instanceId } = await anInstance(ana)
    const query = await aQuery(ana)
    const params = { workflowId: query.id }
    const done = await ended(ana, await run(ana, query, { instanceId }))
    const results = () => ana.call(api.getResults, { params: { executionId: done.id }, query: {} })
    const rows = await results()
    const gone = await ana.call(api.deleteWorkflow, { params })
    expect(gone.deletedAt).not.toBeNull()
    expect(await results()).toEqual(rows)
    expect(rows.rows.length).toBeGreaterThan(0)
    expect((await ana.call(api.deleteWorkflow, { params })).deletedAt).toBe(gone.deletedAt)
    const restore = ana.call(api.restoreWorkflowVersion, {
      params: { ...params, version: 1 },
      body: { baseVersion: 1 },
    })
    const sync = ana.call(api.syncWorkflow, { params, body: { version: 1, instanceId } })
    const attempts = [run(ana, query, { instanceId }), save(query, { name: 'Other' }), restore, sync]
    for (const outcome of await Promise.allSettled(attempts))
      expect(outcome).toMatchObject({ reason: { type: 'workflow-in-trash', status: 409 } })
    const undone = await ana.call(api.restoreWorkflows, { body: { workflowIds: [query.id] } })
    expect(undone.workflowIds).toEqual([query.id])
    expect((await view(query)).deletedAt).toBeNull()
    expect((await save(query, { name: 'Other' })).version).toBe(2)
  })

  test('S-148: its copy at AMC is removed on request, which Undo takes back, and what AMC refuses stays known', async () => {
    const query = await aQuery(ana)
    await synced(query)
    const params = { workflowId: query.id }
    const body = { workflowIds: [query.id] }
    const calls = () => world.emulator.count('call', 'deleteWorkflow')
    const before = calls()
    const remove = () => ana.call(api.trashWorkflows, { body: { ...body, copies: 'remove' } })
    await remove()
    expect(await copyOf(query)).toBe('removing')
    await ana.call(api.restoreWorkflows, { body })
    expect([await copyOf(query), calls()]).toEqual(['in-step', before])

    world.emulator.faults.add({ operation: 'deleteWorkflow', times: 1, status: 400, details: 'It is used.' })
    await remove()
    world.clock.advance(11_000)
    await eventually(async () => (await copyOf(query)) === 'failed')
    // Nothing is removed for good as long as AMC has a copy of it.
    world.clock.advance(31 * day)
    ana = await world.signIn('ana')
    await emptyTrash()
    expect((await view(query)).copies?.state).toBe('failed')
    await remove()
    world.clock.advance(11_000)
    await eventually(async () => (await copyOf(query)) === undefined)
    await emptyTrash()
    await expect(ana.call(api.getWorkflow, { params })).rejects.toMatchObject({ type: 'workflow-not-found' })
  })

  test('what was thrown away 30 days ago goes for good, with its runs and their results; nothing else does', async () => {
    const { id: instanceId } = await anInstance(ana)
    const [old, kept] = [await aQuery(ana), await aQuery(ana)]
    const runs = [old, kept].map(async (query) => ended(ana, await run(ana, query, { instanceId })))
    const [oldRun, keptRun] = await Promise.all(runs)
    await ana.call(api.trashWorkflows, { body: { workflowIds: [old.id] } })
    world.clock.advance(29 * day)
    ana = await world.signIn('ana')
    await emptyTrash()
    expect((await view(old)).deletedAt).not.toBeNull()
    await ana.call(api.trashWorkflows, { body: { workflowIds: [kept.id] } })
    world.clock.advance(2 * day)
    ana = await world.signIn('ana')
    const late = await ana.call(api.restoreWorkflows, { body: { workflowIds: [old.id, kept.id] } })
    expect(late.workflowIds).toEqual([kept.id])
    await emptyTrash()
    await expect(view(old)).rejects.toMatchObject({ type: 'workflow-not-found' })
    const results = (id: api.ExecutionId) => ana.call(api.getResults, { params: { executionId: id }, query: {} })
    await expect(results(oldRun!.id)).rejects.toMatchObject({ type: 'execution-not-found' })
    expect((await results(keptRun!.id)).rows.length).toBe(keptRun!.rowCount)
    const files = await readdir(join(world.dataDir, 'results'))
    expect(files).toContain(`${keptRun!.id}.parquet`)
    expect(files).not.toContain(`${oldRun!.id}.parquet`)
  })

  test('S-148: what is in the trash is deleted for good on request, unless AMC keeps a copy or it still runs', async () => {
    const { id: instanceId } = await anInstance(ana)
    const [gone, copied, running, safe] = [await aQuery(ana), await aQuery(ana), await aQuery(ana), await aQuery(ana)]
    const done = await ended(ana, await run(ana, gone, { instanceId }))
    await synced(copied)
    world.emulator.faults.add({ operation: 'createWorkflowExecution', status: 503 })
    await run(ana, running, { instanceId })
    await ana.call(api.trashWorkflows, { body: { workflowIds: [gone.id, copied.id, running.id] } })
    const ben = await world.signIn('ben')
    const all = { workflowIds: [gone.id, copied.id, running.id, safe.id] }
    expect(await ben.call(api.purgeWorkflows, { body: all })).toEqual({ workflowIds: [], kept: [] })

    const answer = await ana.call(api.purgeWorkflows, { body: all })
    expect(answer.workflowIds).toEqual([gone.id])
    expect(new Map(answer.kept.map(({ workflowId, reason }) => [workflowId, reason]))).toEqual(
      new Map([
        [copied.id, 'copy-at-amc'],
        [running.id, 'runs'],
      ]),
    )
    await expect(view(gone)).rejects.toMatchObject({ type: 'workflow-not-found' })
    expect(await readdir(join(world.dataDir, 'results'))).not.toContain(`${done.id}.parquet`)
    expect((await ana.call(api.restoreWorkflows, { body: all })).workflowIds.toSorted()).toEqual(
      [copied.id, running.id].toSorted(),
    )
    expect((await view(safe)).deletedAt).toBeNull()
  })

  test('texts of queries leave as files, each under a name of its own', async () => {
    const one = await named('Reach: by/campaign')
    const two = await named('reach  by campaign', 'SELECT 2')
    const answer = await ana.fetch('/api/workflows/files', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ workflowIds: [one.id, two.id] }),
    })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip'])
    const names = namesIn(Buffer.from(await answer.arrayBuffer())).map((name) => name.toLowerCase())
    expect(new Set(names)).toEqual(new Set(['reach by campaign (2).sql', 'reach by campaign.sql']))
  })

  test('S-209: queries of another workspace are not thrown away, restored, tagged, exported or seen', async () => {
    const query = await aQuery(ana)
    const ben: Caller & Person = await world.signIn('ben')
    const body = { workflowIds: [query.id] }
    const params = { workflowId: query.id }
    expect(await ben.call(api.trashWorkflows, { body: { ...body, copies: 'remove' } })).toEqual({ workflowIds: [] })
    expect(await ben.call(api.tagWorkflows, { body: { ...body, add: ['mine'] } })).toEqual({ workflowIds: [] })
    expect(await ben.call(api.syncWorkflows, { body })).toEqual({ asked: 0, refused: [] })
    await ana.call(api.trashWorkflows, { body })
    expect(await ben.call(api.restoreWorkflows, { body })).toEqual({ workflowIds: [] })
    const attempts = [
      ben.call(api.deleteWorkflow, { params }),
      ben.call(api.listWorkflowVersions, { params }),
      ben.call(api.restoreWorkflowVersion, { params: { ...params, version: 1 }, body: { baseVersion: 1 } }),
      ben.call(api.exportWorkflows, { body }),
    ]
    for (const outcome of await Promise.allSettled(attempts))
      expect(outcome).toMatchObject({ reason: { type: 'workflow-not-found', status: 404 } })
    expect(await view(query)).toMatchObject({ tags: [], deletedAt: expect.any(String) })
  })
})

/** The names in a zip archive, by its central directory. */
function namesIn(zip: Buffer): string[] {
  const names: string[] = []
  let at = zip.readUInt32LE(zip.lastIndexOf('PK\u0005\u0006') + 16)
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const length = zip.readUInt16LE(at + 28)
    names.push(zip.toString('utf8', at + 46, at + 46 + length))
    at += 46 + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return names
}
