import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keysInOrder, openPlainWorld, week } from './plain-client.ts'
import type { PlainWorld } from './plain-client.ts'

let clock = new Date('2026-01-02T00:00:00Z')
let world: PlainWorld
let path: string
beforeAll(async () => {
  world = await openPlainWorld({
    now: () => clock,
    settings: { pendingMs: 60_000, accessTokenSeconds: 10_000_000 },
  })
  path = `/amc/reporting/${world.emulator.instanceId}/workflowExecutions`
})
afterAll(() => world[Symbol.asyncDispose]())

const pass = (seconds: number) => {
  clock = new Date(clock.getTime() + seconds * 1000)
}

async function create(workflowId: string): Promise<string> {
  const body = { ...week, workflow: { sqlQuery: 'SELECT 1 AS one', workflowId } }
  const { json } = await world.ask('createWorkflowExecution', `POST ${path}`, { body })
  return (json as { workflowExecutionId: string }).workflowExecutionId
}

async function list(query: string): Promise<{ ids: string[]; nextToken?: string }> {
  const { json } = await world.ask('listWorkflowExecutions', `GET ${path}?${query}`)
  const page = json as { executions: { workflowExecutionId: string }[]; nextToken?: string }
  return { ...page, ids: page.executions.map((one) => one.workflowExecutionId) }
}

describe('S-060: lists', () => {
  test('newest first, by workflow, by time of creation in a zone, ascending, in pages; the last page has no token', async () => {
    const ids: string[] = []
    for (let hour = 0; hour < 5; hour += 1) {
      ids.push(await create(hour < 3 ? 'first' : 'second'))
      pass(3600)
    }
    const newest = ids.toReversed()
    expect((await list('minCreationTime=2026-01-01T00:00:00')).ids).toEqual(newest)
    expect((await list('workflowId=second')).ids).toEqual(newest.slice(0, 2))
    expect((await list('workflowId=first&sortAscending=TRUE')).ids).toEqual(ids.slice(0, 3))
    expect((await list('minCreationTime=2026-01-02T03:00:00')).ids).toEqual(newest.slice(0, 2))
    expect((await list('minCreationTime=2026-01-01T22:00:00&timeZone=America/New_York')).ids).toEqual(
      newest.slice(0, 2),
    )
    expect((await list('minCreationTime=2026-01-02T01:00:00&maxCreationTime=2026-01-02T02:00:00')).ids).toEqual([
      ids[2],
      ids[1],
    ])

    const { json, contentType } = await world.send(`GET ${path}?workflowId=first&nextToken=&limit=`)
    expect([contentType, keysInOrder(json)]).toEqual(['application/vnd.amcworkflowexecutions.v1+json', ['executions']])

    const first = await list('minCreationTime=2026-01-01T00:00:00&limit=2')
    const second = await list(`minCreationTime=2026-01-01T00:00:00&limit=2&nextToken=${first.nextToken}`)
    const byTokenAlone = await list(`limit=2&nextToken=${first.nextToken}`)
    const last = await list(`limit=2&nextToken=${second.nextToken}`)
    expect([...first.ids, ...second.ids, ...last.ids]).toEqual(newest)
    expect(byTokenAlone.ids).toEqual(second.ids)
    expect(last).not.toHaveProperty('nextToken')
  })

  test.each([
    ['', /workflowId or minCreationTime/],
    ['minCreationTime=2026-01-01', /minCreationTime/],
    ['minCreationTime=2026-01-01T00:00:00Z', /minCreationTime/],
    ['workflowId=w&timeZone=Mars/Base', /timeZone/],
    ['workflowId=w&limit=500', /limit/],
    ['workflowId=w&nextToken=x', /nextToken/],
  ])('refused with 400: %s', async (query, details) => {
    const { status, json } = await world.ask('listWorkflowExecutions', `GET ${path}?${query}`)
    expect([status, (json as { details: string }).details]).toEqual([400, expect.stringMatching(details)])
  })
})

describe('S-060: cancelling', () => {
  test('PUT is answered with {}, hides it from lists until asked, and works once', async () => {
    const id = await create('cancelled')
    const cancel = () => world.ask('updateWorkflowExecution', `PUT ${path}/${id}`, { body: { status: 'CANCELLED' } })
    const done = await cancel()
    expect([done.status, done.contentType, done.json]).toEqual([200, 'application/octet-stream', {}])
    const { json } = await world.ask('getWorkflowExecution', `GET ${path}/${id}`)
    expect(json).toMatchObject({ status: 'CANCELLED', statusReason: expect.any(String) as string })
    expect((await list('workflowId=cancelled')).ids).toEqual([])
    for (const yes of ['true', 'True'])
      expect((await list(`workflowId=cancelled&includeCancelled=${yes}`)).ids).toEqual([id])
    expect((await cancel()).status).toBe(400)
  })

  test('nothing else can be set', async () => {
    const id = await create('other')
    const answer = await world.ask('updateWorkflowExecution', `PUT ${path}/${id}`, { body: { status: 'SUCCEEDED' } })
    expect(answer.status).toBe(400)
  })

  test('DELETE, with a body too, takes it out', async () => {
    for (const request of [{}, { body: {} }, { body: '' }]) {
      const id = await create('deleted')
      const done = await world.ask('deleteWorkflowExecution', `DELETE ${path}/${id}`, request)
      expect([done.status, done.json]).toEqual([200, {}])
      expect((await world.send(`GET ${path}/${id}`)).status).toBe(400)
    }
  })
})

test('10 run at once per instance, the rest stay PENDING and follow', async () => {
  world.emulator.settings.pendingMs = 0
  world.emulator.settings.runningMs = 1500
  const ids = await Promise.all(Array.from({ length: 14 }, () => create('crowd')))
  const statuses = async () => {
    const { json } = await world.send(`GET ${path}?workflowId=crowd`)
    return (json as { executions: { status: string }[] }).executions.map(({ status }) => status)
  }
  await expect.poll(async () => (await statuses()).filter((one) => one === 'RUNNING').length).toBe(10)
  expect((await statuses()).filter((one) => one === 'PENDING')).toHaveLength(4)
  for (const id of ids) expect((await world.ended(world.emulator.instanceId, id))['status']).toBe('SUCCEEDED')
})
