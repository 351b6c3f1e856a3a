import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { calls, faultsOf } from './description.ts'
import { openPlainWorld } from './plain-client.ts'
import type { PlainRequest, PlainWorld } from './plain-client.ts'

let world: PlainWorld
beforeAll(async () => {
  world = await openPlainWorld()
})
beforeEach(() => world.emulator.faults.clear())
afterAll(() => world[Symbol.asyncDispose]())

const entity = 'Amazon-Advertising-API-AdvertiserId'
const marketplace = 'Amazon-Advertising-API-MarketplaceId'
const client = 'Amazon-Advertising-API-ClientId'

/** Every call of AMC with something in its path; what is refused never gets as far as the resource. */
const amcCalls = calls.filter(({ path }) => path.startsWith('/amc/'))
const scoped = amcCalls.filter(({ path }) => path !== '/amc/accounts')
const inInstance = scoped.filter(({ path }) => path.includes('{instanceId}'))

function concrete(path: string, instanceId = world.emulator.instanceId): string {
  return path.replace('{instanceId}', instanceId).replaceAll(/\{\w+\}/g, '11111111-2222-3333-4444-555555555555')
}

function send({ method, path }: (typeof calls)[number], request: PlainRequest = {}, instanceId?: string) {
  const body = method === 'POST' || method === 'PUT' ? { body: {} } : {}
  return world.send(`${method} ${concrete(path, instanceId)}`, { ...body, ...request })
}

describe.each([
  ['no token', { Authorization: null }],
  ['an unknown token', { Authorization: 'Bearer Atza|unknown' }],
  ['another scheme', { Authorization: 'Basic dXNlcjpwYXNz' }],
  ['no client', { [client]: null }],
  ['another client', { [client]: 'amzn1.application-oa2-client.other' }],
])('%s: 401', (_, headers) => {
  test.each(amcCalls)('$id', async (call) => {
    const answer = await send(call, { headers: { ...headers, [entity]: null } })
    expect(answer.status).toBe(401)
    expect(faultsOf(call.id, answer)).toEqual([])
    const keys = call.path === '/amc/accounts' ? ['message', 'requestId'] : ['code', 'details']
    expect(Object.keys(answer.json as object)).toEqual(keys)
  })
})

describe.each([
  ['no entity', { [entity]: null }, 400, 'entityId provided is null'],
  ['an empty entity', { [entity]: '' }, 400, 'entityId provided is null'],
  ['neither header', { [entity]: null, [marketplace]: null }, 400, 'entityId provided is null'],
  ['no marketplace', { [marketplace]: null }, 400, `${marketplace} header is missing`],
  ['a profile id as entity', { [entity]: '1234567890' }, 403, 'Unauthorized request.'],
  ["another person's entity", { [entity]: 'ENTITY4BEN1J6V3PD8' }, 403, 'Unauthorized request.'],
  ['another marketplace', { [marketplace]: 'A1F83G8C2ARO7P' }, 403, 'Unauthorized request.'],
])('%s', (_, headers, status, details) => {
  test.each(scoped)('$id', async (call) => {
    const answer = await send(call, { headers })
    expect([answer.status, answer.json]).toEqual([status, { code: String(status), details }])
    expect(faultsOf(call.id, answer)).toEqual([])
    expect(answer.headers.get('x-amz-rid')).toMatch(/^[A-Z0-9]{20}$/)
    expect(answer.headers.get('x-amz-request-id')).toBe(answer.headers.get('x-amz-rid'))
  })
})

test.each(inInstance)('an instance of another account, and an id of ours: 403 ($id)', async (call) => {
  for (const instanceId of ['amcben1de5t', '0b4f1f6e-6a53-4c0a-9d5b-000000000000']) {
    const answer = await send(call, {}, instanceId)
    expect([answer.status, answer.json]).toEqual([403, { code: '403', details: 'Unauthorized request.' }])
  }
})

test('terms that were not accepted: 403 with the documented sentence', async () => {
  world.emulator.settings.termsAccepted = false
  const answer = await world.send('GET /amc/instances')
  world.emulator.settings.termsAccepted = true
  expect([answer.status, answer.json]).toEqual([
    403,
    { code: '403', details: 'Terms and conditions must be accepted to continue' },
  ])
  expect((await world.send('GET /amc/accounts')).status).toBe(200)
})

describe.each([429, 500])('%i by a fault', (status) => {
  test.each(amcCalls)('$id', async (call) => {
    world.emulator.faults.add({ operation: call.id, status, times: 1 })
    const answer = await send(call)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('retry-after')).toBeNull()
    expect(faultsOf(call.id, answer)).toEqual([])
  })
})

test('429 says when to come back where it is told to', async () => {
  world.emulator.faults.add({ operation: '*', status: 429, retryAfterSeconds: 7, times: 1 })
  const answer = await world.send('GET /amc/instances')
  expect([answer.status, answer.headers.get('retry-after'), answer.json]).toEqual([
    429,
    '7',
    { code: '429', details: 'Too Many Requests' },
  ])
})

test('504 has the body of the gateway', async () => {
  world.emulator.faults.add({ operation: '*', status: 504, times: 1 })
  const answer = await world.send('GET /amc/instances')
  expect([answer.status, answer.json]).toEqual([504, { message: 'Endpoint request timed out' }])
})

test('an unknown path is 404 and no crash', async () => {
  for (const call of ['GET /amc', 'GET /prod/workflows', 'PATCH /amc/instances', 'DELETE /amc/accounts'])
    expect((await world.send(call)).status).toBe(404)
})
