import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { databaseKinds, eventually, type Person, startWorld, type World } from '@recomamp/testkit'
import {
  countExecutions,
  createWorkflowFromTemplate,
  type Execution,
  executeWorkflow,
  getExecution,
  getExecutionStatus,
  getResults,
  isFinal,
  listExecutions,
  previewPrivacy,
  Problem,
  runLocally,
  saveWorkflow,
  standardDefaults,
  TemplateId,
  updateInstance,
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

  test('S-080: the window of a run that names none follows the settings of its instance', async () => {
    const ana = await world.signIn('ana')
    const query = await aQuery(ana)
    const { id: instanceId } = await anInstance(ana)
    const defaults = { settledAfterDays: 28, windowDays: 10, timeZone: 'UTC' }
    await ana.call(updateInstance, { params: { instanceId }, body: { defaults } })
    try {
      const { window, instance } = await run(ana, query)
      const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
      expect(window).toEqual({ start: `${day(38)}T00:00:00`, end: `${day(28)}T00:00:00`, timeZone: 'UTC' })
      expect(instance.settledAfterDays).toBe(28)
    } finally {
      await ana.call(updateInstance, { params: { instanceId }, body: { defaults: standardDefaults } })
    }
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
    const [newest] = first.items
    if (newest === undefined) throw new Error('no execution')
    const filter = {
      workflowId: query.id,
      instanceId: newest.instance.id,
      by: newest.requestedBy.id,
      since: first.items.at(-1)?.requestedAt ?? '',
      q: ' A QUE',
    }
    const found = await ana.call(listExecutions, { query: filter })
    expect(found.items.map((item) => item.id)).toEqual(made.slice(-5).toReversed())
    const counts = await ana.call(countExecutions, { query: filter })
    expect(counts).toMatchObject({ total: 5, cancelled: 0, people: [{ id: newest.requestedBy.id }] })
    expect(counts.open + counts.completed + counts.failed).toBe(5)
    for (const q of [newest.id, newest.instance.amcInstanceId])
      expect((await ana.call(listExecutions, { query: { q } })).items.map((item) => item.id)).toContain(newest.id)
    expect((await ana.call(countExecutions, { query: { q: 'nothing is called like this' } })).total).toBe(0)
    const templateId = TemplateId.parse('campaign-inventory')
    const body = { instanceId: newest.instance.id }
    const copy = await ana.call(createWorkflowFromTemplate, { params: { templateId }, body })
    const ofTemplate = await run(ana, copy)
    expect((await ana.call(listExecutions, { query: { templateId } })).items.map(({ id }) => id)).toEqual([
      ofTemplate.id,
    ])
    await expect(ana.call(countExecutions, { query: { since: 'yesterday' } })).rejects.toMatchObject({ status: 400 })
  })

  test('S-153: the status is answered while AMC still thinks about the run', async () => {
    const ana = await world.signIn('ana')
    const query = await aQuery(ana)
    await anInstance(ana)
    world.emulator.faults.add({ operation: 'createWorkflowExecution', times: 1, delayBeforeMs: 5_000 })
    const { id: executionId } = await run(ana, query)
    const { status, amcStatus } = await ana.call(getExecutionStatus, { params: { executionId } })
    expect(['queued', 'submitting']).toContain(status)
    expect(amcStatus).toBeNull()
  })

  test('a text is tried on synthetic data without AMC: rows, what is filtered, refusals at their places', async () => {
    const ana = await world.signIn('ana')
    const calls = await callsWhenQuiet(ana)
    const values = { campaign_ids: ['nobody'] }
    const unsaved = { parameters: [campaignIds], values, privacy: 'REMOVE_ROWS' as const }
    const none = await ana.call(runLocally, { body: { sqlQuery: filtered, ...unsaved } })
    expect(none).toMatchObject({ rows: [], rowCount: 0 })
    const fine = 'SELECT campaign, postal_code, SUM(impressions) AS n FROM dsp_impressions GROUP BY 1, 2'
    const text = { sqlQuery: fine, parameters: [], values: {} }
    const blanked = await ana.call(runLocally, { body: { ...text, privacy: 'REMOVE_VALUES' } })
    expect(blanked.columns.map(({ name }) => name)).toEqual(['campaign', 'postal_code', 'n'])
    expect(blanked.rows).toHaveLength(Math.min(1000, blanked.rowCount))
    const mark = blanked.marks.findIndex((each) => each !== null)
    expect(blanked.rows[mark]?.[1]).toBeNull()
    expect(blanked.marks[mark]?.reason).toMatch(/users < 100 required/)
    const people = 'SELECT user_id, SUM(impressions) AS n FROM dsp_impressions GROUP BY user_id'
    const single = { ...text, sqlQuery: people }
    const off = await ana.call(runLocally, { body: { ...single, privacy: 'OFF' } })
    expect(off.rowCount).toBeGreaterThan(1000)
    expect(off.rows).toHaveLength(1000)
    const refused = { type: 'query-refused', extensions: { findings: [{ line: 1 }] } }
    await expect(ana.call(runLocally, { body: { ...single, privacy: 'REMOVE_ROWS' } })).rejects.toMatchObject(refused)
    const unknown = { ...text, sqlQuery: 'SELECT x\nFROM my_upload', privacy: 'OFF' } as const
    await expect(ana.call(runLocally, { body: unknown })).rejects.toMatchObject({
      extensions: { findings: [{ line: 2, message: 'Local data has no table my_upload' }] },
    })
    expect(await callsWhenQuiet(ana)).toBe(calls)
  })

  test('a preview tells what the thresholds would hide, by which column, and what would keep more', async () => {
    const ana = await world.signIn('ana')
    const sqlQuery =
      'SELECT postal_code, device_type, COUNT(DISTINCT user_id) AS reach, SUM(impressions) AS n FROM dsp_impressions GROUP BY postal_code, device_type'
    const text = { sqlQuery, parameters: [], values: {} }
    const preview = await ana.call(previewPrivacy, { body: text })
    expect(preview).toMatchObject({ usersNeeded: 100, columns: [{ name: 'postal_code' }, {}, {}, {}] })
    const lost = preview.rowCount - preview.wholeCount
    expect(lost).toBeGreaterThan(0)
    expect(preview.causes[0]).toMatchObject({ name: 'postal_code', threshold: 'HIGH', blankedRows: lost })
    // As AMC would leave it: the whole rows, and the others merged.
    const rows = await ana.call(runLocally, { body: { ...text, privacy: 'REMOVE_VALUES' } })
    expect(rows.rowCount).toBe(preview.wholeCount + preview.mergedCount)
    const removed = await ana.call(runLocally, { body: { ...text, privacy: 'REMOVE_ROWS' } })
    expect(removed.rowCount).toBe(preview.wholeCount)
    const [best] = preview.groupings
    expect(best?.wholeShare).toBeGreaterThan(preview.wholeCount / preview.rowCount)
    const better = await ana.call(previewPrivacy, {
      body: { ...text, sqlQuery: best?.sqlQuery ?? '', window: best?.window ?? preview.window },
    })
    expect(better.rowCount).toBe(best?.rowCount)
    expect(better.wholeCount / better.rowCount).toBeCloseTo(best?.wholeShare ?? -1)
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
  const { request } = await world.db
    .selectFrom('workflow_executions')
    .where('id', '=', id)
    .select('request')
    .executeTakeFirstOrThrow()
  return request
}
