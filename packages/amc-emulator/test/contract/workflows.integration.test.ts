import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keysInOrder, openPlainWorld, reach } from './plain-client.ts'
import type { PlainWorld } from './plain-client.ts'

let clock = new Date('2026-01-02T03:00:00Z')
let world: PlainWorld
let reporting: string
beforeAll(async () => {
  world = await openPlainWorld({ now: () => clock, settings: { accessTokenSeconds: 10_000_000 } })
  reporting = `/amc/reporting/${world.emulator.instanceId}`
})
afterAll(() => world[Symbol.asyncDispose]())

const octets = [200, 'application/octet-stream', {}]

describe('S-059: workflows', () => {
  const definition = {
    workflowId: 'my-workflow_1.0',
    sqlQuery: `SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions
WHERE campaign_id_string IN (SELECT item FROM UNNEST(CUSTOM_PARAMETER('ids')) AS t(item)) GROUP BY campaign`,
    inputParameters: [
      {
        name: 'ids',
        dataType: { type: 'ARRAY', elementDataType: 'STRING' },
        column_type: 'DIMENSION',
        defaultValue: ['1', '2'],
      },
    ],
    filteredMetricsDiscriminatorColumn: 'filtered',
    madeUp: true,
  }

  test('create, read, list, replace, delete', async () => {
    const path = `${reporting}/workflows`
    const simple = { ...definition, sqlQuery: reach, inputParameters: undefined }
    const created = await world.ask('createWorkflow', `POST ${path}`, { body: simple })
    expect([created.status, created.contentType, created.json]).toEqual(octets)
    const one = await world.ask('getWorkflow', `GET ${path}/my-workflow_1.0`)
    expect([one.status, one.contentType]).toEqual([200, 'application/vnd.amcworkflows.v1+json'])
    expect(one.json).toEqual({
      filteredMetricsDiscriminatorColumn: 'filtered',
      sqlQuery: reach,
      workflowId: 'my-workflow_1.0',
    })
    expect(keysInOrder(one.json)).toEqual(keysInOrder(one.json).toSorted())
    const all = await world.ask('listWorkflows', `GET ${path}?nextToken=&limit=`)
    expect([all.contentType, keysInOrder(all.json)]).toEqual(['application/vnd.amcworkflows.v1+json', ['workflows']])
    expect((all.json as { workflows: object[] }).workflows).toEqual([one.json])
    const replaced = await world.ask('updateWorkflow', `PUT ${path}/my-workflow_1.0`, {
      body: { workflowId: 'my-workflow_1.0', sqlQuery: reach },
    })
    expect([replaced.status, replaced.contentType, replaced.json]).toEqual(octets)
    expect(keysInOrder((await world.send(`GET ${path}/my-workflow_1.0`)).json)).toEqual(['sqlQuery', 'workflowId'])
    const deleted = await world.ask('deleteWorkflow', `DELETE ${path}/my-workflow_1.0`)
    expect([deleted.status, deleted.contentType, deleted.json]).toEqual(octets)
    for (const call of ['GET', 'DELETE'])
      expect((await world.send(`${call} ${path}/my-workflow_1.0`)).json).toEqual({
        code: '404',
        details: 'Workflow with ID my-workflow_1.0 does not exist',
      })
  })

  test('an array parameter comes back with what the service adds; keys that it does not know are dropped', async () => {
    const sqlQuery = `SELECT campaign FROM dsp_impressions WHERE ARRAY_CONTAINS(CUSTOM_PARAMETER('ids'), campaign) GROUP BY campaign`
    const body = { ...definition, sqlQuery, filteredMetricsDiscriminatorColumn: undefined }
    await world.ask('createWorkflow', `POST ${reporting}/workflows`, { body })
    const { json } = await world.ask('getWorkflow', `GET ${reporting}/workflows/my-workflow_1.0`)
    expect(json).toMatchObject({
      inputParameters: [
        {
          name: 'ids',
          dataType: { type: 'ARRAY', elementDataType: 'STRING', elementNullable: false },
          defaultValue: ['1', '2'],
        },
      ],
    })
    expect(JSON.stringify(json)).not.toMatch(/column_type|madeUp/)
    await world.send(`DELETE ${reporting}/workflows/my-workflow_1.0`)
  })

  test.each([
    [
      { workflowId: 'bad', sqlQuery: 'SELECT x FROM nowhere' },
      /^Was unable to compile workflow bad because it was found to be invalid: .*Object 'nowhere' not found/,
    ],
    [
      {
        workflowId: 'bad',
        sqlQuery: `SELECT campaign FROM dsp_impressions WHERE campaign = CUSTOM_PARAMETER('x') GROUP BY campaign`,
      },
      /^Was unable to compile workflow bad .*Filter operation filter_operation referenced an undeclared parameter x\.$/,
    ],
    [{ sqlQuery: reach }, /workflowId/],
    [{ workflowId: 'no good', sqlQuery: reach }, /workflowId/],
    [{ workflowId: 'bad' }, /sqlQuery/],
  ])('refused with 400: %j', async (body, details) => {
    const { status, json } = await world.ask('createWorkflow', `POST ${reporting}/workflows`, { body })
    expect([status, (json as { details: string }).details]).toEqual([400, expect.stringMatching(details)])
  })

  test('a taken id is 400; a body that is no JSON is 422', async () => {
    const body = { workflowId: 'taken', sqlQuery: reach }
    await world.ask('createWorkflow', `POST ${reporting}/workflows`, { body })
    const again = await world.ask('createWorkflow', `POST ${reporting}/workflows`, { body })
    expect(again.json).toEqual({ code: '400', details: 'Workflow with ID taken already exists.' })
    const tail = await world.ask('createWorkflow', `POST ${reporting}/workflows`, { body: `${JSON.stringify(body)} x` })
    expect(tail.status).toBe(422)
  })

  test('the oldest instance has a ready-made workflow without sqlQuery', async () => {
    const headers = {
      'Amazon-Advertising-API-AdvertiserId': 'ENTITY6ANA2C4W7KY9',
      'Amazon-Advertising-API-MarketplaceId': 'A2EUQ1WTGCTBG2',
    }
    const { json } = await world.ask('listWorkflows', 'GET /amc/reporting/amcwca0vv07/workflows', { headers })
    expect(json).toEqual({ workflows: [{ query: { operations: [] }, workflowId: 'standard_example' }] })
    const ended = await world.send('POST /amc/reporting/amcwca0vv07/workflowExecutions', {
      headers,
      body: { workflowId: 'standard_example' },
    })
    expect(ended.status).toBe(200)
  })
})

describe('schedules', () => {
  const body = { scheduleId: 'nightly', workflowId: 'scheduled', aggregationPeriod: 'Daily', aggregationHourUtc: '4' }

  test('create, read, list, run when due, replace, delete', async () => {
    await world.send(`POST ${reporting}/workflows`, { body: { workflowId: 'scheduled', sqlQuery: reach } })
    const path = `${reporting}/schedules`
    const created = await world.ask('createSchedule', `POST ${path}`, { body: { ...body, scheduleEnabled: 'True' } })
    expect([created.status, created.contentType, created.json]).toEqual(octets)
    const one = await world.ask('getSchedule', `GET ${path}/nightly?marketplaceId=ATVPDKIKX0DER`)
    expect([one.contentType, one.json]).toEqual([
      'application/vnd.amcschedules.v1+json',
      {
        aggregationHourUtc: 4,
        aggregationPeriod: 'Daily',
        disableAggregationControls: false,
        requireSyntheticData: false,
        scheduleEnabled: true,
        scheduleId: 'nightly',
        workflowId: 'scheduled',
      },
    ])
    expect((await world.ask('listSchedules', `GET ${path}`)).json).toEqual({ schedules: [one.json] })
    expect((await world.ask('createSchedule', `POST ${path}`, { body })).status).toBe(400)

    const inUse = await world.ask('deleteWorkflow', `DELETE ${reporting}/workflows/scheduled`)
    expect(inUse.status).toBe(400)

    const executions = async () => {
      const { json } = await world.send(`GET ${reporting}/workflowExecutions?workflowId=scheduled`)
      return (json as { executions: Record<string, unknown>[] }).executions
    }
    expect(await executions()).toEqual([])
    clock = new Date('2026-01-02T04:00:01Z')
    await expect.poll(executions).toHaveLength(1)
    const [scheduled] = await executions()
    expect(scheduled).toMatchObject({ timeWindowStart: '2026-01-01T04:00:00Z', timeWindowEnd: '2026-01-02T04:00:00Z' })
    clock = new Date('2026-01-03T04:00:01Z')
    await expect.poll(executions).toHaveLength(2)

    const weekly = { ...body, aggregationPeriod: 'Weekly', scheduleEnabled: false }
    expect((await world.ask('updateSchedule', `PUT ${path}/nightly`, { body: weekly })).json).toEqual({})
    const { json } = await world.ask('getSchedule', `GET ${path}/nightly`)
    expect(json).toMatchObject({ aggregationPeriod: 'Weekly', aggregationStartDay: 'Saturday', scheduleEnabled: false })
    expect((await world.ask('deleteSchedule', `DELETE ${path}/nightly`)).json).toEqual({})
    expect((await world.ask('getSchedule', `GET ${path}/nightly`)).status).toBe(404)
    expect((await world.ask('deleteSchedule', `DELETE ${path}/nightly`)).status).toBe(404)
    expect((await world.ask('updateSchedule', `PUT ${path}/nightly`, { body })).status).toBe(404)
  })

  test.each([
    [{ ...body, workflowId: 'nowhere' }, /^Workflow with ID nowhere does not exist/],
    [{ ...body, aggregationPeriod: 'Monthly' }, /aggregationPeriod/],
    [{ ...body, aggregationHourUtc: 24 }, /aggregationHourUtc/],
    [{ ...body, scheduleId: undefined }, /scheduleId/],
  ])('refused with 400: %j', async (wrong, details) => {
    const { status, json } = await world.ask('createSchedule', `POST ${reporting}/schedules`, { body: wrong })
    expect([status, (json as { details: string }).details]).toEqual([400, expect.stringMatching(details)])
  })
})

describe('data sources', () => {
  type Source = { dataSourceId: string; columns: { name: string; dataType: unknown }[] }
  const list = async (query = '') => {
    const { json } = await world.ask('listDataSources', `GET ${reporting}/dataSources${query}`)
    return json as { dataSources: Source[]; nextToken?: string }
  }

  test('list and one, by pages; thresholds are not in the answer', async () => {
    const { dataSources } = await list()
    const first = await list('?limit=10')
    expect(first.dataSources).toEqual(dataSources.slice(0, 10))
    const rest = await list(`?limit=100&nextToken=${first.nextToken}`)
    expect([...first.dataSources, ...rest.dataSources]).toEqual(dataSources)
    expect(rest).not.toHaveProperty('nextToken')
    const one = await world.ask('getDataSource', `GET ${reporting}/dataSources/dsp_impressions`)
    expect(one.contentType).toBe('application/vnd.amcdatasources.v1+json')
    expect(one.json).toEqual(dataSources.find(({ dataSourceId }) => dataSourceId === 'dsp_impressions'))
    expect(JSON.stringify(one.json)).not.toMatch(/threshold/i)
    expect((await world.ask('getDataSource', `GET ${reporting}/dataSources/nowhere`)).status).toBe(404)
  })

  test('they differ between instances: sponsored ads only has no dsp_ tables, paid ones need a subscription', async () => {
    const idsOf = async (instanceId: string) => {
      const { json } = await world.send(`GET /amc/reporting/${instanceId}/dataSources`)
      return (json as { dataSources: Source[] }).dataSources.map(({ dataSourceId }) => dataSourceId)
    }
    const subscriber = await idsOf(world.emulator.instanceId)
    const plain = await idsOf('amcana2us4x')
    const sponsored = await idsOf('amcana3us9d')
    expect(subscriber).toContain('amazon_retail_purchases')
    expect(plain).not.toContain('amazon_retail_purchases')
    expect(plain).toContain('dsp_impressions')
    expect(sponsored.filter((id) => id.startsWith('dsp_'))).toEqual([])
    expect(sponsored).toContain('sponsored_ads_traffic')
  })
})
