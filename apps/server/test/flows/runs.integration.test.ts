import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { databaseKinds, eventually, type Person, startWorld, type World } from '@recomamp/testkit'
import {
  type Execution,
  executeWorkflow,
  getExecution,
  getExecutionStatus,
  getResults,
  isFinal,
  listExecutions,
  Problem,
  saveWorkflow,
} from '@recomamp/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aQuery, anInstance, byCampaign, ended, run } from './runs.ts'

/** One for all tests of a database: each makes queries of its own. */
let world: World

const campaignIds = { name: 'campaign_ids', type: 'STRING', list: true, whenEmpty: 'error' } as const
const filtered =
  'SELECT campaign, SUM(impressions) AS n\nFROM dsp_impressions\nWHERE campaign_id_string IN ({{campaign_ids}})\nGROUP BY campaign'

describe.each(databaseKinds)('runs on %s', (database) => {
  beforeAll(async () => {
    world = await startWorld({ database })
  })

  afterAll(() => world[Symbol.asyncDispose]())

  test('S-133 S-037 S-038 S-039: a version is run at AMC and its rows can be read', async () => {
    const ana = await world.signIn('ana')
    const execution = await run(ana, await aQuery(ana))
    expect(execution).toMatchObject({
      status: 'queued',
      amcExecutionId: null,
      template: byCampaign,
      sqlSent: byCampaign,
    })
    const done = await ended(ana, execution)
    expect(done).toMatchObject({ status: 'completed', amcStatus: 'SUCCEEDED', failure: null })
    expect(done.columns.map((column) => [column.name, column.dataType, column.columnType])).toEqual([
      ['campaign', 'STRING', 'DIMENSION'],
      ['impressions', 'LONG', 'METRIC'],
    ])
    const page = await ana.call(getResults, { params: { executionId: done.id } })
    expect(page.rowCount).toBe(done.rowCount)
    expect(page.rows.length).toBeGreaterThan(0)
    for (const [campaign, impressions] of page.rows) {
      expect(campaign).toMatch(/\S/)
      expect(impressions).toMatch(/^[1-9]\d*$/)
    }
    expect(world.emulator.count('execution', done.amcWorkflowId)).toBe(1)
  })

  test('S-081: a run without a window takes seven days that end 14 days ago, and says so', async () => {
    const ana = await world.signIn('ana')
    const { window } = await run(ana, await aQuery(ana))
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
    expect(window).toEqual({ start: `${day(21)}T00:00:00`, end: `${day(14)}T00:00:00`, timeZone: 'UTC' })
  })

  test('S-154 F-23: result pages go by row, and lists never carry rows', async () => {
    const ana = await world.signIn('ana')
    const query = await aQuery(
      ana,
      'SELECT UPPER(campaign) AS campaign, device_type, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY 1, 2',
    )
    const execution = await run(ana, query)
    await expect(ana.call(getResults, { params: { executionId: execution.id } })).rejects.toMatchObject({
      type: 'results-not-ready',
    })
    const done = await ended(ana, execution)
    const params = { executionId: done.id }
    const all = await ana.call(getResults, { params, query: { limit: 1000 } })
    const some = await ana.call(getResults, { params, query: { offset: 2, limit: 3 } })
    expect(some.rows).toEqual(all.rows.slice(2, 5))
    expect((await ana.call(getResults, { params, query: { offset: all.rowCount, limit: 3 } })).rows).toEqual([])
    const listed = await (await ana.fetch('/api/executions')).text()
    const [campaign] = all.rows.flatMap(([name]) => (typeof name === 'string' ? [name] : []))
    expect(campaign).toMatch(/^[A-Z| ]{8,}/)
    expect(listed).not.toContain(campaign)
    const ben = await world.signIn('ben')
    for (const endpoint of [getExecution, getExecutionStatus, getResults])
      await expect(ben.call(endpoint, { params })).rejects.toMatchObject({ type: 'execution-not-found' })
  })

  test('a result whose file is gone says so, also when it was read before', async () => {
    const ana = await world.signIn('ana')
    const done = await ended(ana, await run(ana, await aQuery(ana)))
    const params = { executionId: done.id }
    await ana.call(getResults, { params })
    await rm(join(world.dataDir, 'results', `${done.id}.parquet`))
    await expect(ana.call(getResults, { params })).rejects.toMatchObject({ type: 'results-lost', status: 410 })
  })

  test('S-151 F-22: the list is latest first, paged by cursor, with the exact total', async () => {
    const ana = await world.signIn('ana')
    const query = await aQuery(ana)
    const made: string[] = []
    for (let count = 0; count < 12; count += 1) made.push((await run(ana, query)).id)
    const page = { limit: 5, workflowId: query.id }
    const first = await ana.call(listExecutions, { query: page })
    const second = await ana.call(listExecutions, { query: { ...page, cursor: first.nextCursor ?? '' } })
    const third = await ana.call(listExecutions, { query: { ...page, cursor: second.nextCursor ?? '' } })
    expect([first, second, third].flatMap(({ items }) => items.map((item) => item.id))).toEqual(made.toReversed())
    expect([first.total, third.total, third.nextCursor]).toEqual([12, 12, null])
    expect((await ana.call(listExecutions, { query: { status: 'cancelled' } })).total).toBe(0)
  })

  test('F-31: the version that the screen named is what runs, whatever was saved since', async () => {
    const ana = await world.signIn('ana')
    const query = await aQuery(ana)
    await ana.call(saveWorkflow, {
      params: { workflowId: query.id },
      body: {
        name: query.name,
        sqlQuery: 'SELECT COUNT(DISTINCT user_id) AS users FROM dsp_impressions',
        parameters: [],
        values: {},
        baseVersion: 1,
        instanceId: null,
      },
    })
    expect(await run(ana, query, { version: 1 })).toMatchObject({ version: 1, template: byCampaign })
    await expect(run(ana, query, { version: 3 })).rejects.toMatchObject({ type: 'version-not-found' })
  })

  test('F-09: what AMC would refuse is refused before anything is sent, each finding at its place', async () => {
    const ana = await world.signIn('ana')
    const instance = await anInstance(ana)
    const calls = await callsWhenQuiet(ana)
    const findingsOf = async (sql: string, parameters: (typeof campaignIds)[] = []) => {
      const query = await aQuery(ana, sql, parameters)
      const refused = await run(ana, query, { instanceId: instance.id }).catch((error: unknown) => error)
      expect(refused).toMatchObject({ type: 'query-refused', status: 422 })
      return refused instanceof Problem ? refused.extensions['findings'] : null
    }
    expect(await findingsOf(filtered, [campaignIds])).toMatchObject([{ severity: 'error', line: 3 }])
    expect(await findingsOf(filtered)).toMatchObject([{ severity: 'error', line: 3, column: 30 }])
    expect(await findingsOf('SELECT campaign\nFROM dsp_impressions WHERE')).toMatchObject([
      { severity: 'error', line: 2 },
    ])
    const unknown = await findingsOf(
      'SELECT campaign,\n  SUM(imprecions) AS n\nFROM dsp_impressions\nGROUP BY campaign',
    )
    expect(unknown).toMatchObject([{ severity: 'error', line: 2, column: 7 }])
    expect(await callsWhenQuiet(ana)).toBe(calls)
  })

  test('F-05 F-53: a window with a zone in its times is refused by the field that holds it', async () => {
    const ana = await world.signIn('ana')
    const query = await aQuery(ana)
    const { id: instanceId } = await anInstance(ana)
    const calls = await callsWhenQuiet(ana)
    const answer = await ana.fetch(`/api/workflows/${query.id}/execute`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        version: 1,
        instanceId,
        values: {},
        window: { start: '2026-11-01T00:00:00Z', end: '2026-11-08T00:00:00', timeZone: 'UTC' },
      }),
    })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ errors: [{ path: 'window.start' }] })
    expect(await callsWhenQuiet(ana)).toBe(calls)
  })

  test('F-06: the zone that was chosen is the zone that is sent', async () => {
    const ana = await world.signIn('ana')
    const window = { start: '2026-10-01T00:00:00', end: '2026-10-08T00:00:00', timeZone: 'Europe/Berlin' }
    const done = await ended(ana, await run(ana, await aQuery(ana), { window }))
    expect(done).toMatchObject({ status: 'completed', window })
    expect(await sent(done.id)).toMatchObject({
      timeWindowType: 'EXPLICIT',
      timeWindowStart: window.start,
      timeWindowEnd: window.end,
      timeWindowTimeZone: window.timeZone,
    })
  })

  test('S-082: lists and values of a row are lists and objects in every answer', async () => {
    const ana = await world.signIn('ana')
    const query = await aQuery(ana, filtered, [campaignIds])
    const execution = await ended(ana, await run(ana, query, { values: { campaign_ids: ['1', '2'] } }))
    const read = async (path: string) => (await (await ana.fetch(path)).json()) as Record<string, unknown>
    expect(await read(`/api/workflows/${query.id}`)).toMatchObject({
      current: { parameters: [{ name: 'campaign_ids', list: true }], values: {} },
    })
    expect(await read(`/api/executions/${execution.id}`)).toMatchObject({
      values: { campaign_ids: ['1', '2'] },
      columns: [{ name: 'campaign' }, { name: 'n' }],
      warnings: expect.any(Array),
    })
    const instances = await read('/api/instances')
    expect(instances).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ brands: expect.any(Array) })]),
    })
    const { items } = await read('/api/query-templates')
    for (const template of items as Record<string, unknown>[])
      expect([template['tags'], template['tables']]).toEqual([expect.any(Array), expect.any(Array)])
  })

  test('F-43: the id at AMC holds the whole id of the execution', async () => {
    const ana = await world.signIn('ana')
    const done = await ended(ana, await run(ana, await aQuery(ana)))
    expect(done.amcWorkflowId).toContain(done.id)
    expect(world.emulator.count('execution', done.amcWorkflowId)).toBe(1)
  })

  test('values blanked by AMC come as marks beside the rows, with their reason', async () => {
    const ana = await world.signIn('ana')
    const query = await aQuery(
      ana,
      'SELECT campaign, postal_code, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign, postal_code',
    )
    const done = await ended(ana, await run(ana, query, { privacyFilteringBehavior: 'REMOVE_VALUES' }))
    expect(done).toMatchObject({ status: 'completed' })
    const page = await ana.call(getResults, { params: { executionId: done.id }, query: { limit: 1000 } })
    expect(page.columns.map((column) => column.name)).toEqual(['campaign', 'postal_code', 'impressions'])
    const marked = page.marks.filter((mark) => mark !== null)
    expect(marked.length).toBe(done.filteredRowCount)
    expect(marked.length).toBeGreaterThan(0)
    expect(marked[0]?.reason).toMatch(/users < 100 required/)
    const blanked = page.rows.filter((_, at) => page.marks[at] !== null)
    expect(blanked.map((row) => row[1])).toEqual(blanked.map(() => null))
  })

  test('S-149: an Idempotency-Key makes one run of however many requests', async () => {
    const ana = await world.signIn('ana')
    const query = await aQuery(ana)
    const headers = { 'idempotency-key': 'once' }
    const together = await Promise.all(Array.from({ length: 5 }, () => run(ana, query, {}, headers)))
    expect(new Set(together.map((execution) => execution.id)).size).toBe(1)
    await ended(ana, together[0] ?? (await run(ana, query)))
    expect((await run(ana, query, {}, headers)).id).toBe(together[0]?.id)
    await expect(run(ana, query, { privacyFilteringBehavior: 'REMOVE_VALUES' }, headers)).rejects.toMatchObject({
      type: 'idempotency-conflict',
    })
    // The key belongs to the workspace.
    const ben = await world.signIn('ben')
    const other = await run(ben, await aQuery(ben), {}, headers)
    expect(other.id).not.toBe(together[0]?.id)
    expect((await ana.call(listExecutions, { query: { workflowId: query.id } })).total).toBe(1)
    world.clock.advance(25 * 3_600_000)
    const later = await world.signIn('ana')
    expect((await run(later, query, {}, headers)).id).not.toBe(together[0]?.id)
  })

  test('an instance that the workspace does not have is refused', async () => {
    const ana = await world.signIn('ana')
    const query = await aQuery(ana)
    const ben = await world.signIn('ben')
    const { id: instanceId } = await anInstance(ben)
    await expect(
      ana.call(executeWorkflow, { params: { workflowId: query.id }, body: { version: 1, values: {}, instanceId } }),
    ).rejects.toMatchObject({ type: 'instance-not-found' })
  })
})

/** How often AMC was asked to run something, once nothing of a person is under way any more. */
async function callsWhenQuiet(person: Person): Promise<number> {
  await eventually(async () => {
    const { items } = await person.call(listExecutions, { query: { limit: 100 } })
    return items.every((item) => isFinal(item.status))
  }, 60_000)
  return world.emulator.count('call', 'createWorkflowExecution')
}

/** The request as the row keeps it. */
async function sent(id: Execution['id']) {
  const { request } = await world
    .server()
    .ctx.db.selectFrom('workflow_executions')
    .where('id', '=', id)
    .select('request')
    .executeTakeFirstOrThrow()
  return request
}
