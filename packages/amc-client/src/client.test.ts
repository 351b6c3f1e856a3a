import { AmcExecutionId, AmcInstanceId, AmcWorkflowId, EntityId, MarketplaceId } from '@recomamp/amc-wire'
import { expect, test } from 'vitest'
import { type AmcClient, createAmcClient } from './client.ts'

const target = { entityId: EntityId.parse('ENTITY1'), marketplaceId: MarketplaceId.parse('ATVPDKIKX0DER') }
const instance = AmcInstanceId.parse('amck7q2m9xd')
const execution = AmcExecutionId.parse('11111111-2222-3333-4444-555555555555')
const workflowId = AmcWorkflowId.parse('w')
const workflow = { workflowId, sqlQuery: 'SELECT 1 AS one' }
const schedule = { scheduleId: 'daily', workflowId, aggregationPeriod: 'Daily' } as const
const run = {
  workflowId,
  timeWindowType: 'EXPLICIT',
  timeWindowStart: '2026-01-01T00:00:00',
  timeWindowEnd: '2026-01-02T00:00:00',
  timeWindowTimeZone: 'UTC',
} as Parameters<AmcClient['createWorkflowExecution']>[2]

test('S-072, F-04: a call takes an instance by Amazon’s id only, and an account with it', () => {
  const calls = (client: AmcClient, ours: string) => [
    client.getInstance(target, instance),
    // @ts-expect-error a plain text, our own id among them, is no AMC instance id
    client.getInstance(target, ours),
    // @ts-expect-error nor does a call go without its account
    client.getInstance({}, instance),
  ]
  expect(calls).toBeTypeOf('function')
})

test('what a run would send is what it sends, but for the token', async () => {
  const sent: { url: string; init: RequestInit }[] = []
  const client = createAmcClient({
    baseUrl: 'https://amc.example',
    clientId: 'client',
    tokens: { current: () => Promise.resolve('Atza|secret'), renew: () => Promise.resolve('Atza|secret') },
    fetch: (url, init = {}) => {
      sent.push({ url: url instanceof Request ? url.url : String(url), init })
      return Promise.resolve(Response.json({ workflowExecutionId: execution, status: 'PENDING' }))
    },
  })
  // As a database gives it back that keeps keys by their length.
  await client.createWorkflowExecution(target, instance, { ...run, parameterValues: { b: 1, aaa: ['x'] } })
  const described = client.describeWorkflowExecution(
    target,
    instance,
    { ...run, parameterValues: { aaa: ['x'], b: 1 } },
    'masked',
  )
  const headers = new Headers(sent[0]?.init.headers)
  headers.set('authorization', 'Bearer masked')
  expect(described).toEqual({
    method: sent[0]?.init.method,
    url: sent[0]?.url,
    headers: Object.fromEntries(headers),
    body: sent[0]?.init.body,
  })
})

/** Every call but the download, whose link is its own right; to describe a call is none. */
const calls: Record<
  Exclude<keyof AmcClient, 'download' | 'describeWorkflowExecution'>,
  (client: AmcClient) => Promise<unknown>
> = {
  listAccounts: (client) => Array.fromAsync(client.listAccounts()),
  listInstances: (client) => Array.fromAsync(client.listInstances(target)),
  getInstance: (client) => client.getInstance(target, instance),
  listAdvertisers: (client) => Array.fromAsync(client.listAdvertisers(target, instance)),
  listDataSources: (client) => Array.fromAsync(client.listDataSources(target, instance)),
  getDataSource: (client) => client.getDataSource(target, instance, 'dsp_impressions'),
  listWorkflows: (client) => Array.fromAsync(client.listWorkflows(target, instance)),
  getWorkflow: (client) => client.getWorkflow(target, instance, workflowId),
  createWorkflow: (client) => client.createWorkflow(target, instance, workflow),
  updateWorkflow: (client) => client.updateWorkflow(target, instance, workflow),
  deleteWorkflow: (client) => client.deleteWorkflow(target, instance, workflowId),
  createWorkflowExecution: (client) => client.createWorkflowExecution(target, instance, run),
  getWorkflowExecution: (client) => client.getWorkflowExecution(target, instance, execution),
  listWorkflowExecutions: (client) => Array.fromAsync(client.listWorkflowExecutions(target, instance, { workflowId })),
  cancelWorkflowExecution: (client) => client.cancelWorkflowExecution(target, instance, execution),
  listSchedules: (client) => Array.fromAsync(client.listSchedules(target, instance)),
  getSchedule: (client) => client.getSchedule(target, instance, 'daily'),
  createSchedule: (client) => client.createSchedule(target, instance, schedule),
  updateSchedule: (client) => client.updateSchedule(target, instance, schedule),
  deleteSchedule: (client) => client.deleteSchedule(target, instance, 'daily'),
  getDownloadUrls: (client) => client.getDownloadUrls(target, instance, execution),
}

test.each(Object.entries(calls))(
  'S-040, S-076: %s renews the token once on 401, repeats once with the same account, and no more',
  async (_name, call) => {
    const sent: Headers[] = []
    let renewals = 0
    const client = createAmcClient({
      baseUrl: 'https://amc.example',
      clientId: 'client',
      tokens: {
        current: () => Promise.resolve('Atza|old'),
        renew: () => Promise.resolve(`Atza|new${++renewals}`),
      },
      fetch: (_url, init = {}) => {
        sent.push(new Headers(init.headers))
        return Promise.resolve(new Response('{}', { status: 401 }))
      },
    })
    await expect(call(client)).rejects.toMatchObject({ name: 'AmcError', kind: 'unauthorized' })
    expect(sent.map((headers) => headers.get('authorization'))).toEqual(['Bearer Atza|old', 'Bearer Atza|new1'])
    const accounts = sent.map((headers) => headers.get('amazon-advertising-api-advertiserid'))
    expect(accounts[0]).toBe(accounts[1])
  },
)
