import { get } from 'node:http'
import * as api from '@recomamp/contracts'
import { databaseKinds, eventually, startTcpProxy, startWorld } from '@recomamp/testkit'
import { expect, test } from 'vitest'

const redisUrl = process.env['TEST_REDIS_URL'] ?? ''

async function statuses(count: number, ask: () => Promise<Response>): Promise<number[]> {
  const found: number[] = []
  for (let number = 0; number < count; number++) found.push((await ask()).status)
  return found
}

test('S-020, F-39: a limit that is really exceeded answers 429 with Retry-After; one person does not use up another', async () => {
  await using world = await startWorld({ env: { RATE_LIMIT_SIGNED_IN_PER_MINUTE: '20' } })
  const [ana, ben] = [await world.signIn('ana'), await world.signIn('ben')]
  const answers = await statuses(25, () => ana.fetch('/api/workflows'))
  expect(answers.filter((status) => status === 429).length).toBeGreaterThanOrEqual(5)
  const refused = await ana.fetch('/api/workflows')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await refused.json()).toMatchObject({ type: '/problems/too-many-requests' })
  expect((await ben.fetch('/api/workflows')).status).toBe(200)
  // Pages and probes do not count.
  expect((await ana.fetch('/healthz')).status).toBe(200)
  // Drafts have an allowance of their own, two and a half times as large.
  const id = crypto.randomUUID()
  const body = { name: 'x', sqlQuery: 'x', parameters: [], values: {}, revision: 0, baseVersion: 1 }
  const draft = ana.call(api.keepDraft, { params: { workflowId: id }, body })
  await expect(draft).rejects.toMatchObject({ type: 'workflow-not-found' })
})

test('S-020, S-121, S-124, S-174: without a session the limit counts per address, sign-in has a tenth of it, and nothing is looked up beyond it', async () => {
  await using world = await startWorld({ env: { RATE_LIMIT_PER_MINUTE: '30' } })
  const open = await statuses(31, () => fetch(`${world.url()}/api/auth/providers`))
  expect([open[29], open[30]]).toEqual([200, 429])
  const renewals = await statuses(4, () => fetch(`${world.url()}/api/auth/refresh`, { method: 'POST' }))
  expect(renewals).toEqual([401, 401, 401, 429])
  // A made-up token is no session.
  const forged = await fetch(`${world.url()}/api/workflows`, { headers: { authorization: 'Bearer x' } })
  expect(forged.status).toBe(429)
})

test('S-020: however the address is spelt, the limit is the same', async () => {
  await using world = await startWorld({ env: { RATE_LIMIT_PER_MINUTE: '30' } })
  const encoded = await statuses(31, () => fetch(`${world.url()}/%61pi/auth/providers`))
  expect([encoded[29], encoded[30]]).toEqual([200, 429])
  const url = new URL(world.url())
  const absolute = await new Promise<number | undefined>((resolve, reject) => {
    const asked = get({ host: url.hostname, port: url.port, path: `${world.url()}/api/auth/providers` }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    asked.on('error', reject)
  })
  expect(absolute).toBe(429)
})

test.runIf(redisUrl !== '' && databaseKinds.includes('postgresql'))(
  'S-224: with Redis the limits hold over two servers',
  async () => {
    const env = { REDIS_URL: redisUrl, RATE_LIMIT_SIGNED_IN_PER_MINUTE: '20' }
    await using world = await startWorld({ database: 'postgresql', env })
    const ana = await world.signIn('ana')
    const other = await world.startAnother()
    const headers = { authorization: `Bearer ${ana.accessToken}` }
    await statuses(10, () => ana.fetch('/api/workflows'))
    const answers = await statuses(25, () => fetch(`${other.url}/api/workflows`, { headers }))
    expect(answers.indexOf(429)).toBeLessThan(11)
    expect((await ana.fetch('/api/workflows')).status).toBe(429)
  },
)

test('S-122: behind a trusted proxy the limit counts per client, and nobody else can name another address', async () => {
  const ask = (url: string, client: string) =>
    fetch(`${url}/api/auth/providers`, { headers: { 'x-forwarded-for': client } })
  await using direct = await startWorld({ env: { RATE_LIMIT_PER_MINUTE: '10' } })
  await statuses(10, () => ask(direct.url(), '203.0.113.1'))
  expect((await ask(direct.url(), '203.0.113.2')).status).toBe(429)
  await using proxied = await startWorld({ env: { RATE_LIMIT_PER_MINUTE: '10', TRUSTED_PROXIES: '127.0.0.0/8' } })
  await statuses(10, () => ask(proxied.url(), '203.0.113.1'))
  expect((await ask(proxied.url(), '203.0.113.1')).status).toBe(429)
  expect((await ask(proxied.url(), '203.0.113.2')).status).toBe(200)
})

test.runIf(redisUrl !== '')('when Redis hangs or dies, requests go on within 200 ms', async () => {
  const { hostname, port } = new URL(redisUrl)
  await using redis = await startTcpProxy({ host: hostname, port: Number(port === '' ? 6379 : port) })
  const env = { REDIS_URL: `redis://127.0.0.1:${redis.port}`, RATE_LIMIT_SIGNED_IN_PER_MINUTE: '5' }
  await using world = await startWorld({ env })
  const ana = await world.signIn('ana')
  await eventually(async () => (await ana.fetch('/api/workflows')).status === 429)
  const timed = async () => {
    const began = performance.now()
    const { status } = await ana.fetch('/api/auth/user')
    return { status, tookMs: performance.now() - began }
  }
  redis.freeze()
  const hanging = await timed()
  // The machine of a test may be busy: without the limit of 200 ms it would be seconds.
  expect([hanging.status, hanging.tookMs < 900]).toEqual([200, true])
  await redis.end()
  for (let number = 0; number < 5; number++) {
    const { status, tookMs } = await timed()
    expect([status, tookMs < 900]).toEqual([200, true])
  }
})
