import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshToken, keysInOrder, openPlainWorld } from './plain-client.ts'
import type { PlainWorld } from './plain-client.ts'

let clock = new Date()
let world: PlainWorld
beforeAll(async () => {
  world = await openPlainWorld({ now: () => clock, settings: { accessTokenSeconds: 1_000_000 } })
})
afterAll(() => world[Symbol.asyncDispose]())

/** In the order of Amazon's saved answers. */
const instanceKeys = [
  'instanceId',
  'instanceName',
  'instanceType',
  'customerCanonicalName',
  'creationStatus',
  'creationDatetime',
  's3BucketName',
  'awsAccountId',
  'entities',
  'dataUploadAwsAccountId',
  'apiEndpoint',
  'acrCollaboration',
  'optionalDatasets',
  'advertiserTypes',
]

const pass = (seconds: number) => {
  clock = new Date(clock.getTime() + seconds * 1000)
}

test('accounts: application/json, three keys, no token on the last page', async () => {
  const { json, contentType } = await world.ask('listAmcAccounts', 'GET /amc/accounts?nextToken=')
  const { amcAccounts } = json as { amcAccounts: object[] }
  expect([contentType, keysInOrder(json)]).toEqual(['application/json', ['amcAccounts']])
  for (const account of amcAccounts) expect(keysInOrder(account)).toEqual(['accountId', 'accountName', 'marketplaceId'])
  const bare = await world.send('GET /amc/accounts', {
    headers: { 'Amazon-Advertising-API-AdvertiserId': null, 'Amazon-Advertising-API-MarketplaceId': null },
  })
  expect(bare.json).toEqual(json)
})

describe('instances', () => {
  test('list: keys in their order, null as the last token, pages', async () => {
    const { json, contentType } = await world.ask('listInstances', 'GET /amc/instances?nextToken=&limit=')
    const { instances, nextToken } = json as { instances: Record<string, unknown>[]; nextToken: unknown }
    expect([contentType, keysInOrder(json), nextToken]).toEqual(['application/json', ['instances', 'nextToken'], null])
    for (const instance of instances) {
      expect(keysInOrder(instance)).toEqual(instanceKeys)
      expect(instance['instanceId']).toMatch(/^amc[a-z0-9]{8}$/)
      expect(instance['creationDatetime']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}Z$/)
    }
    const ids: unknown[] = []
    let token: string | null = ''
    while (token !== null) {
      const page = (await world.ask('listInstances', `GET /amc/instances?limit=3&nextToken=${token}`)).json as {
        instances: { instanceId: string }[]
        nextToken: string | null
      }
      ids.push(...page.instances.map(({ instanceId }) => instanceId))
      token = page.nextToken
    }
    expect(ids).toEqual(instances.map((one) => one['instanceId']))
    for (const limit of ['0', '101', 'x'])
      expect((await world.send(`GET /amc/instances?limit=${limit}`)).status).toBe(400)
    expect((await world.send('GET /amc/instances?nextToken=made-up')).status).toBe(400)
  })

  test('one: wrapped', async () => {
    const { json } = await world.ask('getInstance', `GET /amc/instances/${world.emulator.instanceId}`)
    expect(keysInOrder(json)).toEqual(['instance'])
    expect(keysInOrder((json as { instance: object }).instance)).toEqual(instanceKeys)
  })

  test('created: requested at first, then complete, changed and deleted; a bucket shows in results', async () => {
    const body = { instanceName: 'My instance', advertiserName: 'Advertiser A', idempotencyToken: 'one' }
    const { json } = await world.ask('createInstance', 'POST /amc/instances', { body })
    const { instance } = json as { instance: Record<string, unknown> }
    expect(keysInOrder(instance)).toEqual(instanceKeys)
    expect(instance).toMatchObject({
      instanceName: 'My instance',
      customerCanonicalName: 'Advertiser A',
      creationStatus: 'REQUESTED',
      creationDatetime: null,
      apiEndpoint: null,
      s3BucketName: '',
      advertiserTypes: [],
    })
    expect((await world.ask('createInstance', 'POST /amc/instances', { body })).json).toEqual(json)
    const path = `/amc/instances/${String(instance['instanceId'])}`
    expect((await world.ask('updateInstance', `PUT ${path}`, { body: { instanceName: 'Later' } })).status).toBe(400)
    pass(10)
    const change = { instanceName: 'Renamed', s3BucketName: 'my-bucket', awsAccountId: '682015411111' }
    await world.ask('updateInstance', `PUT ${path}`, { body: change })
    expect((await world.ask('getInstance', `GET ${path}`)).json).toMatchObject({
      instance: { creationStatus: 'COMPLETED', customerCanonicalName: 'Advertiser A', ...change },
    })
    const bucket = { awsAccountId: '682015411111', bucketName: 'other-bucket' }
    const { json: linked } = await world.ask('updateCustomerAwsAccount', `POST ${path}/updateCustomerAwsAccount`, {
      body: bucket,
    })
    expect((linked as { cfnBucketUrl: string }).cfnBucketUrl).toContain('param_pBucketName=other-bucket')
    const gone = await world.ask('deleteInstance', `DELETE ${path}`)
    expect([gone.status, gone.text]).toEqual([204, ''])
    expect((await world.send(`GET ${path}`)).status).toBe(403)
  })

  test.each([[{}], [{ instanceName: 'ab' }], [{ instanceName: 'x'.repeat(51) }], [{ instanceName: 'a_b_c' }]])(
    'a name that is none is refused: %j',
    async (body) => {
      expect((await world.ask('createInstance', 'POST /amc/instances', { body })).status).toBe(400)
    },
  )

  test('only administrators create: 403 for others', async () => {
    const location = await fetch(
      `${world.emulator.authorizeUrl}?client_id=${world.emulator.clientId}&scope=advertising::campaign_management&response_type=code&redirect_uri=http://localhost/x&auto_approve=cleo`,
      { redirect: 'manual' },
    )
    const code = new URL(location.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const answer = await fetch(world.emulator.tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: 'http://localhost/x',
        client_id: world.emulator.clientId,
        client_secret: world.emulator.clientSecret,
      }),
    })
    const { access_token: token } = (await answer.json()) as { access_token: string }
    const headers = { Authorization: `Bearer ${token}`, 'Amazon-Advertising-API-AdvertiserId': 'ENTITY5CLEO8B2N7GS' }
    expect((await world.send('GET /amc/instances', { headers })).status).toBe(200)
    const refused = await world.ask('createInstance', 'POST /amc/instances', {
      headers,
      body: { instanceName: 'Mine' },
    })
    expect(refused.status).toBe(403)
  })
})

describe('advertisers', () => {
  const path = () => `/amc/instances/${world.emulator.instanceId}/advertisers`

  test('list: keys, totalCount, by type', async () => {
    const { json } = await world.ask('getInstanceAdvertisers', `GET ${path()}`)
    expect(keysInOrder(json)).toEqual(['advertisers', 'nextToken', 'totalCount'])
    const { advertisers } = json as { advertisers: Record<string, unknown>[] }
    for (const advertiser of advertisers)
      expect(keysInOrder(advertiser)).toEqual(['id', 'name', 'marketplaceId', 'type', 'configuredAdvertiserTypes'])
    expect(advertisers.map((one) => [one['type'], one['marketplaceId']])).toEqual([
      ['DISPLAY', null],
      ['SPONSORED_ADS', 'ATVPDKIKX0DER'],
    ])
    const display = await world.ask('getInstanceAdvertisers', `GET ${path()}?type=DISPLAY`)
    expect(display.json).toMatchObject({ totalCount: 1 })
  })

  test('updates: counted from 0, one at a time, and then in the list', async () => {
    const body = { advertisersToAdd: [{ id: '9998887770000', type: 'DISPLAY' }] }
    const { json } = await world.ask('createAdvertiserUpdate', `POST ${path()}/updates`, { body })
    const { advertiserUpdate } = json as { advertiserUpdate: object }
    expect(keysInOrder(advertiserUpdate)).toEqual(['updateId', 'status', 'advertisersToAdd', 'advertisersToRemove'])
    expect(advertiserUpdate).toEqual({
      updateId: 0,
      status: 'PENDING',
      advertisersToAdd: [{ id: '9998887770000', marketplaceId: null, type: 'DISPLAY' }],
      advertisersToRemove: [],
    })
    expect((await world.ask('createAdvertiserUpdate', `POST ${path()}/updates`, { body })).status).toBe(400)
    pass(1)
    const one = await world.ask('getAdvertiserUpdate', `GET ${path()}/updates/0`)
    expect(one.json).toMatchObject({ advertiserUpdate: { status: 'UPDATING' } })
    pass(5)
    const all = await world.ask('listAdvertiserUpdates', `GET ${path()}/updates`)
    expect(all.json).toMatchObject({ advertiserUpdates: [{ updateId: 0, status: 'COMPLETED' }] })
    expect((await world.ask('getInstanceAdvertisers', `GET ${path()}`)).json).toMatchObject({ totalCount: 3 })
    expect((await world.ask('getAdvertiserUpdate', `GET ${path()}/updates/7`)).status).toBe(404)
    const noMarket = { advertisersToAdd: [{ id: 'ENTITY1', type: 'SPONSORED_ADS' }] }
    expect((await world.send(`POST ${path()}/updates`, { body: noMarket })).status).toBe(400)
  })
})

describe('Amazon Ads profiles', () => {
  test('list and one, with the keys of the reference', async () => {
    const { json } = await world.ask('listProfiles', 'GET /v2/profiles')
    const profiles = json as { profileId: number; accountInfo: object }[]
    expect(profiles.length).toBeGreaterThan(5)
    expect(new Set(profiles.map(({ profileId }) => profileId)).size).toBe(profiles.length)
    expect(keysInOrder(profiles[0])).toEqual(['profileId', 'countryCode', 'currencyCode', 'timezone', 'accountInfo'])
    const [first] = profiles
    expect((await world.ask('getProfile', `GET /v2/profiles/${first?.profileId}`)).json).toEqual(first)
    expect((await world.ask('getProfile', 'GET /v2/profiles/1')).status).toBe(404)
    expect((await world.ask('listProfiles', 'GET /v2/profiles', { headers: { Authorization: null } })).status).toBe(401)
  })
})

test('several accounts, marketplaces and regions; sixty instances and more of one agency', async () => {
  const { amcAccounts } = (await world.send('GET /amc/accounts')).json as {
    amcAccounts: { accountId: string; marketplaceId: string }[]
  }
  const counts = await Promise.all(
    amcAccounts.map(async ({ accountId, marketplaceId }) => {
      const answer = await world.send('GET /amc/instances', {
        headers: {
          Authorization: `Bearer ${await freshToken(world.emulator)}`,
          'amazon-advertising-api-advertiserid': accountId,
          'amazon-advertising-api-marketplaceid': marketplaceId,
          'Amazon-Advertising-API-AdvertiserId': null,
          'Amazon-Advertising-API-MarketplaceId': null,
        },
      })
      return (answer.json as { instances: object[] }).instances.length
    }),
  )
  expect(amcAccounts.length).toBeGreaterThanOrEqual(5)
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(60)
})
