import { AmcDateTime, AmcExecutionId, AmcInstanceId, AmcWorkflowId, EntityId, MarketplaceId } from '@recomamp/amc-wire'
import { describe, expect, test } from 'vitest'
import { addressOf, headersOf } from './amc-request.ts'
import { amcDateTimeOf } from './amc-time.ts'
import * as requests from './requests.ts'

const target = { entityId: EntityId.parse('ENTITY1'), marketplaceId: MarketplaceId.parse('ATVPDKIKX0DER') }
const instance = AmcInstanceId.parse('amcabcdefgh')
const workflow = AmcWorkflowId.parse('weekly-reach')
const execution = AmcExecutionId.parse('11111111-2222-3333-4444-555555555555')
const first = { nextToken: null }
const base = 'https://advertising-api.amazon.com/'

describe('addresses', () => {
  test.each([
    [requests.listAccountsRequest(first), '/amc/accounts'],
    [requests.listInstancesRequest(target, { nextToken: 'a b', limit: 50 }), '/amc/instances?nextToken=a+b&limit=50'],
    [requests.getInstanceRequest(target, instance), '/amc/instances/amcabcdefgh'],
    [requests.listAdvertisersRequest(target, instance, first), '/amc/instances/amcabcdefgh/advertisers'],
    [requests.listSchedulesRequest(target, instance, first), '/amc/reporting/amcabcdefgh/schedules'],
    [requests.getScheduleRequest(target, instance, 'a day'), '/amc/reporting/amcabcdefgh/schedules/a%20day'],
    [requests.listDataSourcesRequest(target, instance, first), '/amc/reporting/amcabcdefgh/dataSources'],
    [
      requests.getDataSourceRequest(target, instance, 'sandbox.dsp_impressions'),
      '/amc/reporting/amcabcdefgh/dataSources/sandbox.dsp_impressions',
    ],
    [requests.listWorkflowsRequest(target, instance, first), '/amc/reporting/amcabcdefgh/workflows'],
    [requests.getWorkflowRequest(target, instance, workflow), '/amc/reporting/amcabcdefgh/workflows/weekly-reach'],
    [
      requests.getExecutionRequest(target, instance, execution, { includeWorkflow: true }),
      `/amc/reporting/amcabcdefgh/workflowExecutions/${execution}?includeWorkflow=true`,
    ],
    [
      requests.downloadUrlsRequest(target, instance, execution),
      `/amc/reporting/amcabcdefgh/workflowExecutions/${execution}/downloadUrls`,
    ],
  ])('%o', (request, address) => {
    expect(addressOf(base, request)).toBe(`https://advertising-api.amazon.com${address}`)
    expect(request).toMatchObject({ method: 'GET', body: undefined })
  })

  test('a list of executions asks for cancelled ones when told', () => {
    const filter = { minCreationTime: AmcDateTime.parse('2026-01-02T03:04:05'), includeCancelled: true }
    expect(requests.listExecutionsRequest(target, instance, filter, { nextToken: null, limit: 100 }).query).toEqual({
      minCreationTime: '2026-01-02T03:04:05',
      includeCancelled: 'true',
      limit: '100',
    })
  })

  test('an id can never leave its place in the path', () => {
    const odd = AmcInstanceId.parse('../accounts?x=')
    expect(requests.getInstanceRequest(target, odd).path).toBe('/amc/instances/..%2Faccounts%3Fx%3D')
  })

  test('a time filter is spelled without a zone', () => {
    expect(amcDateTimeOf(new Date('2026-01-02T03:04:05.678Z'))).toBe('2026-01-02T03:04:05')
  })
})

test('a schedule is written as AMC knows it, and what it does not know is refused here', () => {
  const schedule = {
    scheduleId: 's',
    workflowId: workflow,
    aggregationPeriod: 'Weekly',
    aggregationStartDay: 'Monday',
  } as const
  expect(requests.createScheduleRequest(target, instance, schedule)).toMatchObject({ method: 'POST', body: schedule })
  expect(requests.updateScheduleRequest(target, instance, schedule).path).toMatch(/schedules\/s$/)
  expect(() => requests.createScheduleRequest(target, instance, { ...schedule, aggregationHourUtc: 24 })).toThrow(
    /aggregationHourUtc/,
  )
})

test('answers about advertisers and schedules are read bare, wrapped and with fields missing', () => {
  const advertisers = requests.listAdvertisersRequest(target, instance, first)
  expect(
    advertisers.read({ advertisers: [{ id: '1', type: 'DISPLAY' }], nextToken: null, totalCount: 1 }),
  ).toMatchObject({
    items: [{ id: '1', name: null, type: 'DISPLAY' }],
    nextToken: null,
  })
  const bare = { scheduleId: 's', scheduleEnabled: 'True', aggregationHourUtc: '5' }
  const request = requests.getScheduleRequest(target, instance, 's')
  for (const answer of [bare, { schedule: bare }])
    expect(request.read(answer)).toMatchObject({ scheduleId: 's', scheduleEnabled: true, aggregationHourUtc: 5 })
})

describe('headers', () => {
  test('F-03: entity and marketplace come from the target alone', () => {
    expect(headersOf(requests.listInstancesRequest(target, first), 'client', 'Atza|token')).toEqual({
      authorization: 'Bearer Atza|token',
      'amazon-advertising-api-clientid': 'client',
      'amazon-advertising-api-advertiserid': 'ENTITY1',
      'amazon-advertising-api-marketplaceid': 'ATVPDKIKX0DER',
    })
  })

  test('the accounts call names no account', () => {
    expect(Object.keys(headersOf(requests.listAccountsRequest(first), 'client', 't'))).toEqual([
      'authorization',
      'amazon-advertising-api-clientid',
    ])
  })

  test('a body is announced as JSON', () => {
    const request = requests.cancelExecutionRequest(target, instance, execution)
    expect(request).toMatchObject({ method: 'PUT', body: { status: 'CANCELLED' } })
    expect(headersOf(request, 'client', 't')['content-type']).toBe('application/json')
  })
})

describe('bodies', () => {
  const run = {
    workflow: { sqlQuery: 'SELECT 1 AS one', workflowId: workflow, privacyFilteringBehavior: 'REMOVE_VALUES' as const },
    timeWindowType: 'EXPLICIT' as const,
    timeWindowStart: '2025-01-20T00:00:00',
    timeWindowEnd: '2025-01-25T00:00:00',
    timeWindowTimeZone: 'America/New_York',
  }

  test('a run is sent as it is', () => {
    expect(requests.createExecutionRequest(target, instance, run).body).toEqual(run)
  })

  test('F-05 S-078: a window with a zone is refused before it is sent', () => {
    for (const time of ['2025-01-20T00:00:00Z', '2025-01-20T00:00:00+01:00', '2025-01-20T00:00:00.000', '2025-01-20'])
      expect(AmcDateTime.safeParse(time).success).toBe(false)
    expect(() =>
      requests.createExecutionRequest(target, instance, { ...run, timeWindowStart: '2025-01-20T00:00:00Z' }),
    ).toThrow(/without Z/)
  })

  test('a workflow goes to its own address', () => {
    const sent = { workflowId: 'weekly-reach', sqlQuery: 'SELECT 1 AS one' }
    expect(requests.updateWorkflowRequest(target, instance, sent).path).toMatch(/\/workflows\/weekly-reach$/)
    expect(requests.createWorkflowRequest(target, instance, sent).path).toMatch(/\/workflows$/)
  })
})
