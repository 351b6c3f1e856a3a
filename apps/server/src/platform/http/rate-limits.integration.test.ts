import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import * as api from '@recomamp/contracts'
import { databaseKinds, eventually, startWorld } from '@recomamp/testkit'
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

test('S-020: without a session the limit counts per address, and sign-in has a tenth of it', async () => {
  await using world = await startWorld({ env: { RATE_LIMIT_PER_MINUTE: '30' } })
  const open = await statuses(31, () => fetch(`${world.url()}/api/auth/providers`))
  expect([open[29], open[30]]).toEqual([200, 429])
  const renewals = await statuses(4, () => fetch(`${world.url()}/api/auth/refresh`, { method: 'POST' }))
  expect(renewals).toEqual([401, 401, 401, 429])
  // A made-up token is no session.
  const forged = await fetch(`${world.url()}/api/workflows`, { headers: { authorization: 'Bearer x' } })
  expect(forged.status).toBe(429)
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

test.runIf(redisUrl !== '')('when Redis dies, requests go on within 200 ms', async () => {
  const port = 18_163
  await using redis = await startRedis(port)
  await using world = await startWorld({
    env: { REDIS_URL: `redis://127.0.0.1:${port}`, RATE_LIMIT_SIGNED_IN_PER_MINUTE: '5' },
  })
  const ana = await world.signIn('ana')
  await eventually(async () => (await ana.fetch('/api/workflows')).status === 429)
  redis.child.kill('SIGSTOP')
  const timed = async () => {
    const began = performance.now()
    const { status } = await ana.fetch('/api/auth/user')
    return { status, tookMs: performance.now() - began }
  }
  const hanging = await timed()
  expect(hanging.status).toBe(200)
  expect(hanging.tookMs).toBeLessThan(1000)
  redis.child.kill('SIGCONT')
  redis.child.kill('SIGKILL')
  await once(redis.child, 'exit')
  await eventually(async () => (await timed()).status === 200)
  for (let number = 0; number < 5; number++) expect((await timed()).tookMs).toBeLessThan(1000)
})

async function startRedis(port: number): Promise<AsyncDisposable & { child: ChildProcess }> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const child = spawn('redis-server', options, { stdio: 'ignore' })
  await eventually(
    () =>
      new Promise<boolean>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => resolve(true))
        socket.on('error', () => resolve(false))
        socket.on('connect', () => socket.destroy())
      }),
  )
  return {
    child,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
