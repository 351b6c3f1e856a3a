import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEmulator, openTestEngine } from './open-emulator.ts'
import type { TestEmulator } from './open-emulator.ts'
import { fixtureBody, keysOf } from './fixtures.ts'

const engine = openTestEngine()
let clock = new Date()
let world: TestEmulator

beforeAll(async () => {
  await engine.ready
  world = await openEmulator(engine, { now: () => clock })
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await engine.close()
})

async function ask(path: string, change: Record<string, string | null> = {}) {
  const { accessToken } = await world.lwa.refresh(world.emulator.refreshToken)
  return askWith(path, accessToken, change)
}

async function askWith(path: string, accessToken: string, change: Record<string, string | null> = {}) {
  const headers: Record<string, string> = {
    authorization: `Bearer ${accessToken}`,
    'Amazon-Advertising-API-ClientId': world.emulator.clientId,
    'Amazon-Advertising-API-AdvertiserId': world.emulator.entityId,
    'Amazon-Advertising-API-MarketplaceId': world.emulator.marketplaceId,
  }
  for (const [name, value] of Object.entries(change))
    if (value === null) delete headers[name]
    else headers[name] = value
  const answer = await fetch(world.emulator.url + path, { headers })
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> }
}

test('accounts and instances, as far as the person may see', async () => {
  const accounts = (await Array.fromAsync(world.amc.listAccounts())).flat()
  expect(accounts.map((account) => account.accountName).slice(0, 2)).toEqual(['Tidewater Media', 'Tidewater Media UK'])
  const instances = (await Array.fromAsync(world.amc.listInstances(world.target, { limit: 3 }))).map((page) =>
    page.map((instance) => instance.instanceType),
  )
  expect(instances).toEqual([['STANDARD', 'STANDARD', 'STANDARD'], ['SANDBOX']])
  const one = await world.amc.getInstance(world.target, world.instance)
  expect(one).toMatchObject({ instanceId: world.instance, creationStatus: 'COMPLETED' })
})

test("answers have the fields of Amazon's saved answers and no others", async () => {
  const { body } = await ask('/amc/instances?nextToken=&limit=')
  expect(body['nextToken']).toBeNull()
  const saved = fixtureBody('instances') as { instances: object[] }
  for (const instance of body['instances'] as object[]) expect(keysOf(instance)).toEqual(keysOf(saved.instances[0]!))
  const accounts = await ask('/amc/accounts')
  expect(keysOf((accounts.body['amcAccounts'] as object[])[0]!)).toEqual(['accountId', 'accountName', 'marketplaceId'])
  expect(accounts.body).not.toHaveProperty('nextToken')
})

test('every answer carries the same request id twice', async () => {
  const { headers } = await ask('/amc/instances')
  expect(headers.get('x-amz-rid')).toMatch(/^[A-Z0-9]{20}$/)
  expect(headers.get('x-amz-request-id')).toBe(headers.get('x-amz-rid'))
})

describe('refusals, in the order in which Amazon looks', () => {
  const entity = 'Amazon-Advertising-API-AdvertiserId'
  const marketplace = 'Amazon-Advertising-API-MarketplaceId'
  test.each([
    [{ authorization: null, [entity]: null }, 401, 'Authentication failed'],
    [{ authorization: 'Bearer Atza|unknown' }, 401, 'Authentication failed'],
    [{ 'Amazon-Advertising-API-ClientId': null, [entity]: null }, 401, 'Authentication failed'],
    [{ [entity]: null, [marketplace]: null }, 400, 'entityId provided is null'],
    [{ [marketplace]: null }, 400, 'Amazon-Advertising-API-MarketplaceId header is missing'],
    [{ [entity]: '1234567890' }, 403, 'Unauthorized request.'],
    [{ [entity]: 'ENTITY4BEN1J6V3PD8' }, 403, 'Unauthorized request.'],
    [{ [marketplace]: 'A1F83G8C2ARO7P' }, 403, 'Unauthorized request.'],
  ])('%j: %i', async (change, status, details) => {
    const answer = await ask('/amc/instances', change)
    expect([answer.status, answer.body]).toEqual([status, { code: String(status), details }])
  })

  test('F-01: our own id in place of the instance id is 403', async () => {
    const { status, body } = await ask('/amc/reporting/0b4f1f6e-6a53-4c0a-9d5b-000000000000/workflows')
    expect([status, body['details']]).toEqual([403, 'Unauthorized request.'])
  })

  test('the accounts call has an error form of its own', async () => {
    const { status, body } = await ask('/amc/accounts', { authorization: null })
    expect([status, keysOf(body)]).toEqual([401, ['message', 'requestId']])
  })

  test('an access token dies after an hour', async () => {
    const { accessToken } = await world.lwa.refresh(world.emulator.refreshToken)
    expect((await askWith('/amc/accounts', accessToken)).status).toBe(200)
    clock = new Date(clock.getTime() + 3_600_001)
    expect((await askWith('/amc/accounts', accessToken)).status).toBe(401)
  })
})

describe('data sources', () => {
  test('list, one, and none', async () => {
    const all = (await Array.fromAsync(world.amc.listDataSources(world.target, world.instance))).flat()
    const impressions = all.find((source) => source.dataSourceId === 'dsp_impressions')
    expect(impressions?.columns.find((column) => column.name === 'impressions')).toMatchObject({
      columnType: 'METRIC',
      dataType: 'LONG',
    })
    expect(await world.amc.getDataSource(world.target, world.instance, 'dsp_impressions')).toEqual(impressions)
    const none = world.amc.getDataSource(world.target, world.instance, 'no_such_table')
    await expect(none).rejects.toMatchObject({ kind: 'not-found' })
  })

  test("thresholds are not in the answer, as they are not in Amazon's", async () => {
    const { body } = await ask(`/amc/reporting/${world.instance}/dataSources/dsp_impressions`)
    expect(keysOf(body)).toEqual([
      'columns',
      'dataSourceId',
      'description',
      'outputChannels',
      'owner',
      'provider',
      'tags',
    ])
    expect(keysOf((body['columns'] as object[])[0]!)).toEqual(['columnType', 'dataType', 'description', 'name'])
  })
})
