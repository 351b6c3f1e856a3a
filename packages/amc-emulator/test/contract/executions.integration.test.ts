import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keysInOrder, openPlainWorld, reach, week } from './plain-client.ts'
import type { PlainWorld } from './plain-client.ts'

const clock = new Date('2026-01-02T03:04:05.678Z')
let world: PlainWorld
let path: string
beforeAll(async () => {
  world = await openPlainWorld({ now: () => clock })
  path = `/amc/reporting/${world.emulator.instanceId}/workflowExecutions`
})
afterAll(() => world[Symbol.asyncDispose]())

const mediaType = 'application/vnd.amcworkflowexecutions.v1+json'
const inline = { ...week, workflow: { sqlQuery: reach } }

/** In the order of Amazon's saved answers, which is that of the alphabet. */
const freshKeys = [
  'createTime',
  'dataGaps',
  'disableAggregationControls',
  'executionCategory',
  'expireTime',
  'ignoreDataGaps',
  'lastUpdatedTime',
  'parameterValues',
  'status',
  'timeWindowEnd',
  'timeWindowEndOriginal',
  'timeWindowStart',
  'timeWindowStartOriginal',
  'timeWindowTimeZoneOriginal',
  'waitUntil',
  'workflowExecutionId',
  'workflowExecutionTimeoutSeconds',
  'workflowId',
]
const laterKeys = [
  'availableTimeBeforeWindowSecs',
  'executionTime',
  'invalidationOffsetSecs',
  'outputColumns',
  'outputS3URI',
  'validatedTime',
]

async function create(body: object): Promise<Record<string, unknown>> {
  return (await world.ask('createWorkflowExecution', `POST ${path}`, { body })).json as Record<string, unknown>
}

async function run(body: object): Promise<Record<string, unknown>> {
  return world.ended(world.emulator.instanceId, String((await create(body))['workflowExecutionId']))
}

describe('S-060: creating', () => {
  test('200, bare, PENDING, with exactly the keys of a fresh execution', async () => {
    const answer = await world.ask('createWorkflowExecution', `POST ${path}`, {
      body: { ...inline, timeWindowTimeZone: 'America/New_York' },
    })
    expect([answer.status, answer.contentType, answer.headers.get('location')]).toEqual([200, mediaType, null])
    expect(keysInOrder(answer.json)).toEqual(freshKeys)
    expect(answer.json).toMatchObject({
      createTime: '2026-01-02T03:04:05Z',
      dataGaps: [],
      disableAggregationControls: false,
      executionCategory: 'AD_HOC',
      expireTime: '2026-01-03T03:04:05Z',
      ignoreDataGaps: false,
      lastUpdatedTime: '2026-01-02T03:04:05Z',
      parameterValues: {},
      status: 'PENDING',
      timeWindowEnd: '2025-12-27T05:00:00Z',
      timeWindowEndOriginal: '2025-12-27T00:00:00',
      timeWindowStart: '2025-12-20T05:00:00Z',
      timeWindowTimeZoneOriginal: 'America/New_York',
      waitUntil: '2026-01-02T02:04:05Z',
      workflowExecutionTimeoutSeconds: 21_600,
      workflowId: expect.stringMatching(/^transient_[0-9a-f-]{36}$/) as string,
    })
  })

  test('a relative window is not there yet; without a type it is the most recent day in UTC', async () => {
    const created = await create({ workflow: { sqlQuery: reach } })
    expect(keysInOrder(created)).toEqual(freshKeys.filter((key) => !/^timeWindow(Start|End)/.test(key)))
    expect(created['timeWindowTimeZoneOriginal']).toBe('UTC')
    const ended = await world.ended(world.emulator.instanceId, String(created['workflowExecutionId']))
    expect([ended['timeWindowStart'], ended['timeWindowEnd']]).toEqual(['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'])
  })

  test.each([
    ['MOST_RECENT_DAY', 'Asia/Tokyo', '2025-12-31T15:00:00Z', '2026-01-01T15:00:00Z'],
    ['MOST_RECENT_WEEK', 'UTC', '2025-12-26T00:00:00Z', '2026-01-02T00:00:00Z'],
    ['CURRENT_MONTH', 'America/New_York', '2026-01-01T05:00:00Z', '2026-01-02T05:00:00Z'],
    ['PREVIOUS_MONTH', 'Europe/Berlin', '2025-11-30T23:00:00Z', '2025-12-31T23:00:00Z'],
    ['ALL', 'UTC', '2024-12-01T00:00:00Z', '2026-01-03T00:00:00Z'],
  ])('S-078: a window of %s in %s', async (timeWindowType, timeWindowTimeZone, start, end) => {
    const ended = await run({ workflow: { sqlQuery: 'SELECT 1 AS one' }, timeWindowType, timeWindowTimeZone })
    expect([ended['timeWindowStart'], ended['timeWindowEnd']]).toEqual([start, end])
  })

  test.each([
    [{ ...week }, /Neither/],
    [{ ...inline, workflowId: 'x' }, /Both/],
    [{ ...week, workflowId: 'nowhere' }, /^Workflow with ID nowhere does not exist/],
    [{ ...inline, timeWindowStart: '2025-12-20' }, /timeWindowStart/],
    [{ ...inline, timeWindowStart: '2025-12-20T00:00:00Z' }, /timeWindowStart/],
    [{ ...inline, timeWindowEnd: '2025-12-27T00:00:00+01:00' }, /timeWindowEnd/],
    [{ ...inline, timeWindowTimeZone: 'Mars/Base' }, /timeWindowTimeZone/],
    [{ ...week, sqlQuery: reach }, /Neither/],
  ])('S-078: refused with 400: %j', async (body, details) => {
    const { status, json } = await world.ask('createWorkflowExecution', `POST ${path}`, { body })
    expect([status, (json as { details: string }).details]).toEqual([400, expect.stringMatching(details)])
  })

  test('S-079: a trailing Z can be made to give an empty result, header line only', async () => {
    world.emulator.settings.zoneSuffix = 'empty'
    const zoned = { ...inline, timeWindowStart: '2025-12-20T00:00:00Z', timeWindowEnd: '2025-12-27T00:00:00Z' }
    const ended = await run(zoned)
    world.emulator.settings.zoneSuffix = 'refuse'
    const { json } = await world.send(`GET ${path}/${String(ended['workflowExecutionId'])}/downloadUrls`)
    const [url = ''] = (json as { downloadUrls: string[] }).downloadUrls
    expect([ended['status'], await (await fetch(url)).text()]).toEqual(['SUCCEEDED', 'campaign,impressions,reach\n'])
  })
})

describe('S-060: reading', () => {
  test('a finished one has exactly the keys of a finished execution, sqlQuery only when asked for', async () => {
    const { workflowExecutionId: id } = await run(inline)
    const answer = await world.ask('getWorkflowExecution', `GET ${path}/${String(id)}`)
    expect([answer.status, answer.contentType]).toEqual([200, mediaType])
    expect(keysInOrder(answer.json)).toEqual([...freshKeys, ...laterKeys].toSorted())
    expect(answer.json).toMatchObject({
      availableTimeBeforeWindowSecs: 0,
      executionTime: expect.any(Number) as number,
      invalidationOffsetSecs: 266_400,
      outputColumns: [
        { columnType: 'DIMENSION', dataType: 'STRING', name: 'campaign' },
        { columnType: 'METRIC', dataType: 'LONG', name: 'impressions' },
        { columnType: 'DIMENSION', dataType: 'LONG', name: 'reach' },
      ],
      outputS3URI: 'N/A',
      status: 'SUCCEEDED',
      validatedTime: '2026-01-02T03:04:05.678Z',
    })
    const columns = (answer.json as { outputColumns: object[] }).outputColumns
    for (const column of columns) expect(keysInOrder(column)).toEqual(['columnType', 'dataType', 'name'])
    const asked = await world.ask('getWorkflowExecution', `GET ${path}/${String(id)}?includeWorkflow=True`)
    expect(asked.json).toEqual({ ...(answer.json as object), sqlQuery: reach })
  })

  test('an unknown one is 400, as seen, and not 404', async () => {
    const id = '11111111-2222-3333-4444-555555555555'
    const answer = await world.ask('getWorkflowExecution', `GET ${path}/${id}`)
    const details = `Workflow execution with ID ${id} does not exist.`
    expect([answer.status, answer.json]).toEqual([400, { code: '400', details }])
  })

  test('broken SQL is answered with 200 and rejected later, with a reason', async () => {
    const ended = await run({ ...week, workflow: { sqlQuery: 'SELECT nothing FROM no_such_table' } })
    expect(ended['status']).toBe('REJECTED')
    expect(ended['statusReason']).toMatch(/Object 'no_such_table' not found/)
    for (const key of laterKeys) expect(ended).not.toHaveProperty(key)
  })

  test('S-063: a dry run compiles, tells the columns, and has nothing to download', async () => {
    const ended = await run({ ...inline, dryRun: 'True' })
    expect(ended).toMatchObject({ status: 'SUCCEEDED', outputS3URI: 'N/A' })
    expect(ended['outputColumns']).toHaveLength(3)
    const id = String(ended['workflowExecutionId'])
    const links = await world.ask('getWorkflowExecutionDownloadUrls', `GET ${path}/${id}/downloadUrls`)
    expect([links.status, (links.json as { details: string }).details]).toEqual([
      404,
      `Execution with ID ${id} is unavailable for download.`,
    ])
    expect((await run({ ...week, dryRun: true, workflow: { sqlQuery: 'SELECT x FROM nowhere' } }))['status']).toBe(
      'REJECTED',
    )
  })

  test('a sandbox demands synthetic data, and only after the 200; elsewhere it is refused', async () => {
    const inSandbox = `/amc/reporting/${world.emulator.sandboxInstanceId}/workflowExecutions`
    const statusOf = async (body: object) => {
      const { json } = await world.ask('createWorkflowExecution', `POST ${inSandbox}`, { body })
      const { workflowExecutionId: id } = json as { workflowExecutionId: string }
      return (await world.ended(world.emulator.sandboxInstanceId, id))['status']
    }
    expect(await statusOf(inline)).toBe('REJECTED')
    expect(await statusOf({ ...inline, requireSyntheticData: true })).toBe('SUCCEEDED')
    expect((await run({ ...inline, disableAggregationControls: true }))['status']).toBe('REJECTED')
  })
})
