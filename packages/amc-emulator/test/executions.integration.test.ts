import { AmcDateTime, AmcExecutionId, AmcWorkflowId } from '@recomamp/amc-wire'
import { amcDateTimeOf } from '@recomamp/amc-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixtureBody, keysOf } from './fixtures.ts'
import { lastWeek, openEmulator, openTestEngine, waitForEnd } from './open-emulator.ts'
import type { TestEmulator } from './open-emulator.ts'

const engine = openTestEngine()
let world: TestEmulator

beforeAll(async () => {
  await engine.ready
  world = await openEmulator(engine)
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await engine.close()
})

const sqlQuery = `SELECT campaign, SUM(impressions) AS impressions, COUNT(DISTINCT user_id) AS reach
FROM dsp_impressions GROUP BY campaign`
const inline = (sql: string, more: object = {}) => ({ ...lastWeek, workflow: { sqlQuery: sql, ...more } })
const executionId = (text: string) => AmcExecutionId.parse(text)

/** All parts of a result, as text. */
async function partsOf(id: string): Promise<string[]> {
  const { downloadUrls } = await world.amc.getDownloadUrls(world.target, world.instance, executionId(id))
  return Promise.all(downloadUrls.map(async (url) => new Response((await world.amc.download(url)).body).text()))
}

describe('a run', () => {
  test("has the fields of Amazon's saved answers, fresh and finished, and no others", async () => {
    const { amc, target, instance } = world
    const answered: object[] = []
    const { accessToken } = await world.lwa.refresh(world.emulator.refreshToken)
    const url = `${world.emulator.url}/amc/reporting/${instance}/workflowExecutions`
    const headers = {
      authorization: `Bearer ${accessToken}`,
      'Amazon-Advertising-API-ClientId': world.emulator.clientId,
      'Amazon-Advertising-API-AdvertiserId': world.emulator.entityId,
      'Amazon-Advertising-API-MarketplaceId': world.emulator.marketplaceId,
    }
    const body = JSON.stringify({ ...inline(sqlQuery), timeWindowTimeZone: 'America/New_York' })
    const created = await fetch(url, { method: 'POST', headers, body })
    expect(created.headers.get('content-type')).toMatch(/^application\/vnd\.amcworkflowexecutions\.v1\+json/)
    answered.push((await created.json()) as object)
    const { workflowExecutionId } = answered[0] as { workflowExecutionId: string }
    await waitForEnd({ amc, target }, instance, workflowExecutionId)
    answered.push((await (await fetch(`${url}/${workflowExecutionId}`, { headers })).json()) as object)
    expect(keysOf(answered[0]!)).toEqual(keysOf(fixtureBody('execution-created') as object))
    expect(keysOf(answered[1]!)).toEqual(keysOf(fixtureBody('execution-succeeded') as object))
    expect(answered[1]).toMatchObject({
      status: 'SUCCEEDED',
      timeWindowStart: '2025-12-20T05:00:00Z',
      timeWindowStartOriginal: '2025-12-20T00:00:00',
      outputS3URI: 'N/A',
      outputColumns: [
        { name: 'campaign', dataType: 'STRING', columnType: 'DIMENSION' },
        { name: 'impressions', columnType: 'METRIC' },
        { name: 'reach', dataType: 'LONG' },
      ],
    })
  })

  test('gives the rows of the engine, in the window that was asked for', async () => {
    const { status, workflowExecutionId } = await world.runToEnd(inline(sqlQuery))
    expect(status).toBe('SUCCEEDED')
    const [csv = ''] = await partsOf(workflowExecutionId)
    const [header, ...lines] = csv.trimEnd().split('\n')
    expect(header).toBe('campaign,impressions,reach')
    const direct = await engine.run({
      sql: sqlQuery,
      window: { start: '2025-12-20T00:00:00', end: '2025-12-27T00:00:00' },
      privacy: { behavior: 'REMOVE_ROWS' },
    })
    if (!direct.ok) throw new Error('refused')
    const rows = (await Array.fromAsync(direct.batches)).flat()
    expect(rows.length).toBeGreaterThan(1)
    const sums = (values: (string | undefined)[]) => values.map(Number).toSorted((a, b) => a - b)
    expect(sums(lines.map((line) => line.split(',').at(-2)))).toEqual(sums(rows.map((row) => String(row[1]))))
  })

  test('of a stored workflow uses its text, and its id is kept', async () => {
    const { amc, target, instance } = world
    const workflowId = AmcWorkflowId.parse('stored-reach')
    await amc.createWorkflow(target, instance, { workflowId, sqlQuery })
    const execution = await world.runToEnd({ ...lastWeek, workflowId })
    expect(execution).toMatchObject({ status: 'SUCCEEDED', workflowId: 'stored-reach' })
    const withText = await amc.getWorkflowExecution(target, instance, execution.workflowExecutionId, {
      includeWorkflow: true,
    })
    expect([execution.sqlQuery, withText.sqlQuery]).toEqual([null, sqlQuery])
    expect(world.emulator.count('execution', 'stored-reach')).toBe(1)
  })

  test('with no rows is a file with only the header line', async () => {
    const none = sqlQuery.replace('GROUP', "WHERE campaign = 'there is none' GROUP")
    const { workflowExecutionId } = await world.runToEnd(inline(none))
    expect(await partsOf(workflowExecutionId)).toEqual(['campaign,impressions,reach\n'])
  })

  test('takes values of its parameters, as text too', async () => {
    const text = `SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions
WHERE impression_hour < CUSTOM_PARAMETER('before') GROUP BY campaign`
    const workflow = { inputParameters: [{ name: 'before', dataType: 'INTEGER', defaultValue: 24 }] }
    const total = async (parameterValues: Record<string, number | string>) => {
      const { workflowExecutionId } = await world.runToEnd({ ...inline(text, workflow), parameterValues })
      const lines = (await partsOf(workflowExecutionId))[0]?.trimEnd().split('\n').slice(1) ?? []
      return lines.reduce((sum, line) => sum + Number(line.split(',').at(-1)), 0)
    }
    const all = await total({})
    const some = await total({ before: 6 })
    expect(some).toBeLessThan(all)
    expect(await total({ before: '6' })).toBe(some)
    expect(await total({ before: 0 })).toBe(0)
  })
})

describe('refused after the 200', () => {
  const rejected = async (run: Parameters<TestEmulator['runToEnd']>[0], instance = world.instance) => {
    const execution = await world.runToEnd(run, instance)
    expect(execution.status).toBe('REJECTED')
    expect(execution.outputColumns).toEqual([])
    return execution.statusReason
  }

  test("SQL that does not compile, in AMC's words", async () => {
    expect(await rejected(inline('SELECT campaign\nFROM no_such_table'))).toMatch(
      /^From line 2, column 6 to line 2, column 18: Object 'no_such_table' not found/,
    )
  })

  test('user_id in the output', async () => {
    expect(await rejected(inline('SELECT user_id, campaign FROM dsp_impressions GROUP BY user_id, campaign'))).toMatch(
      /user_id/,
    )
  })

  test('a sandbox without synthetic data, and synthetic data outside of one', async () => {
    expect(await rejected(inline(sqlQuery), world.sandbox)).toMatch(/requireSyntheticData/)
    expect(await rejected({ ...inline(sqlQuery), requireSyntheticData: true })).toMatch(/requireSyntheticData/)
    expect(await rejected({ ...inline(sqlQuery), disableAggregationControls: true })).toMatch(/synthetic data/)
  })
})

test('a sandbox shows rows of single users once aggregation controls are off', async () => {
  const rows = 'SELECT user_id, campaign FROM dsp_impressions'
  const run = { ...inline(rows), requireSyntheticData: true, disableAggregationControls: true }
  const { status, workflowExecutionId, statusReason } = await world.runToEnd(run, world.sandbox)
  expect([status, statusReason]).toEqual(['SUCCEEDED', null])
  const { amc, target, sandbox } = world
  const { downloadUrls } = await amc.getDownloadUrls(target, sandbox, workflowExecutionId)
  const csv = await new Response((await amc.download(downloadUrls[0]!)).body).text()
  expect(csv.split('\n').length).toBeGreaterThan(100)
})

test('blanked values come with the three columns that tell about them', async () => {
  const run = inline(sqlQuery.replaceAll('campaign', 'postal_code'), {
    privacyFilteringBehavior: 'REMOVE_VALUES',
    filteredMetricsDiscriminatorColumn: 'filtered',
    distinctUserCountColumn: 'du_count',
    filteredReasonColumn: 'reason',
  })
  const { workflowExecutionId, outputColumns } = await world.runToEnd(run)
  expect(outputColumns.map((column) => column.name)).toEqual(
    expect.arrayContaining(['postal_code', 'filtered', 'du_count', 'reason']) as string[],
  )
  const [csv = ''] = await partsOf(workflowExecutionId)
  expect(csv).toMatch(/users < 100 required/)
})

describe('lists', () => {
  test('need a workflow or a time, hide cancelled runs, and go by pages', async () => {
    const { amc, target, instance, emulator } = world
    const workflowId = AmcWorkflowId.parse('listed')
    const since = amcDateTimeOf(new Date(Date.now() - 60_000))
    emulator.settings.pendingMs = 60_000
    const ids: string[] = []
    for (let n = 0; n < 3; n += 1) {
      const run = { ...lastWeek, workflow: { sqlQuery, workflowId } }
      ids.unshift((await amc.createWorkflowExecution(target, instance, run)).workflowExecutionId)
    }
    emulator.settings.pendingMs = 5
    await amc.cancelWorkflowExecution(target, instance, executionId(ids[1]!))
    const list = async (filter: Parameters<typeof amc.listWorkflowExecutions>[2], limit = 100) =>
      (await Array.fromAsync(amc.listWorkflowExecutions(target, instance, filter, { limit }))).map((page) =>
        page.map((execution) => execution.workflowExecutionId),
      )
    expect(await list({ workflowId })).toEqual([[ids[0], ids[2]]])
    expect(await list({ workflowId, includeCancelled: true }, 2)).toEqual([[ids[0], ids[1]], [ids[2]]])
    expect((await list({ minCreationTime: since, includeCancelled: true })).flat()).toEqual(
      expect.arrayContaining(ids) as string[],
    )
    const later = AmcDateTime.parse('2999-01-01T00:00:00')
    expect(await list({ minCreationTime: later })).toEqual([[]])
    for (const id of [ids[0]!, ids[2]!]) await amc.cancelWorkflowExecution(target, instance, executionId(id))
  })

  test('without either of the two are refused', async () => {
    const { amc, target, instance } = world
    // @ts-expect-error The client's types forbid what this test wants to see refused.
    const pages = amc.listWorkflowExecutions(target, instance, {})
    await expect(Array.fromAsync(pages)).rejects.toMatchObject({ kind: 'refused', status: 400 })
  })
})

describe('ends', () => {
  test('a cancelled run stays cancelled and cannot be cancelled again', async () => {
    const { amc, target, instance, emulator } = world
    emulator.settings.runningMs = 60_000
    const { workflowExecutionId: id } = await amc.createWorkflowExecution(target, instance, inline(sqlQuery))
    await expect
      .poll(async () => (await amc.getWorkflowExecution(target, instance, id)).status, { timeout: 5000 })
      .toBe('RUNNING')
    await amc.cancelWorkflowExecution(target, instance, id)
    emulator.settings.runningMs = 0
    expect(await amc.getWorkflowExecution(target, instance, id)).toMatchObject({
      status: 'CANCELLED',
      statusReason: 'Execution was cancelled by the user.',
    })
    await expect(amc.cancelWorkflowExecution(target, instance, id)).rejects.toMatchObject({ kind: 'refused' })
    await expect(amc.getDownloadUrls(target, instance, id)).rejects.toMatchObject({
      kind: 'not-found',
      amcMessage: `Execution with ID ${id} is unavailable for download.`,
    })
  })

  test('an unknown run is 400, against the published 404', async () => {
    const unknown = executionId('11111111-2222-3333-4444-555555555555')
    await expect(world.amc.getWorkflowExecution(world.target, world.instance, unknown)).rejects.toMatchObject({
      status: 400,
      amcMessage: `Workflow execution with ID ${unknown} does not exist.`,
    })
  })

  test('at most ten run at once, the rest wait', async () => {
    const { amc, target, instance, emulator } = world
    emulator.settings.runningMs = 60_000
    const workflowId = AmcWorkflowId.parse('crowd')
    const run = { ...lastWeek, workflow: { sqlQuery: 'SELECT 1 AS one', workflowId } }
    for (let n = 0; n < 12; n += 1) await amc.createWorkflowExecution(target, instance, run)
    const statuses = async () => {
      const page = (await Array.fromAsync(amc.listWorkflowExecutions(target, instance, { workflowId }))).flat()
      return page.map((execution) => execution.status).toSorted()
    }
    const expected = [...Array.from({ length: 2 }, () => 'PENDING'), ...Array.from({ length: 10 }, () => 'RUNNING')]
    await expect.poll(statuses, { timeout: 5000 }).toEqual(expected)
    const page = (await Array.fromAsync(amc.listWorkflowExecutions(target, instance, { workflowId }))).flat()
    for (const execution of page) await amc.cancelWorkflowExecution(target, instance, execution.workflowExecutionId)
    emulator.settings.runningMs = 0
    expect(await statuses()).toEqual([])
  })

  test('S-079: a window with Z under zoneSuffix empty gives only the header', async () => {
    const { accessToken } = await world.lwa.refresh(world.emulator.refreshToken)
    world.emulator.settings.zoneSuffix = 'empty'
    const url = `${world.emulator.url}/amc/reporting/${world.instance}/workflowExecutions`
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${accessToken}`,
        'Amazon-Advertising-API-ClientId': world.emulator.clientId,
        'Amazon-Advertising-API-AdvertiserId': world.emulator.entityId,
        'Amazon-Advertising-API-MarketplaceId': world.emulator.marketplaceId,
      },
      body: JSON.stringify({ ...inline(sqlQuery), timeWindowStart: '2025-12-20T00:00:00Z' }),
    })
    world.emulator.settings.zoneSuffix = 'refuse'
    const { workflowExecutionId } = (await answer.json()) as { workflowExecutionId: string }
    await waitForEnd(world, world.instance, workflowExecutionId)
    expect(await partsOf(workflowExecutionId)).toEqual(['campaign,impressions,reach\n'])
  })
})
