import { setTimeout as wait } from 'node:timers/promises'
import * as api from '@recomamp/contracts'
import { databaseKinds, eventually, type Person, startTcpProxy, startWorld } from '@recomamp/testkit'
import { Redis } from 'ioredis'
import { describe, expect, test } from 'vitest'

const redisUrl = process.env['TEST_REDIS_URL'] ?? ''
const isPossible = redisUrl !== '' && databaseKinds.includes('postgresql')
const env = { REDIS_URL: redisUrl, SHARED_CACHE: 'on' }

/** The status that a server answers to a token for a call. */
const statusAt = async (url: string, token: string, path = '/api/auth/user') =>
  (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })).status

/** Ben as a member of Ana's workspace, and in it. */
async function benJoins(ana: Person, ben: Person, role: 'analyst' | 'viewer'): Promise<void> {
  const { secret } = await ana.call(api.invite, { body: { role } })
  await ben.call(api.acceptInvitation, { body: { secret } })
  await ben.renew()
}

describe.runIf(isPossible)('S-256: with a shared cache', () => {
  test('an ended session, a new role, a removal and a revoked token count in both processes once they are answered', async () => {
    await using world = await startWorld({ database: 'postgresql', env })
    const other = await world.startAnother()
    const [ana, ben] = [await world.signIn('ana'), await world.signIn('ben')]
    await benJoins(ana, ben, 'analyst')
    const both = async (token: string, path?: string) => [
      await statusAt(world.url(), token, path),
      await statusAt(other.url, token, path),
    ]
    expect(await both(ben.accessToken)).toEqual([200, 200])

    // Whatever a process knows, it knows no longer than the answer to the change takes.
    const benId = (await ben.call(api.getCurrentUser, {})).id
    const write = () =>
      fetch(`${other.url}/api/workflows`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ben.accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'x', sqlQuery: 'select 1', parameters: [], values: {}, instanceId: null }),
      })
    expect((await write()).status).toBe(201)
    await ana.call(api.changeRole, { params: { userId: benId }, body: { role: 'viewer' } })
    expect((await write()).status).toBe(403)
    await ana.call(api.changeRole, { params: { userId: benId }, body: { role: 'analyst' } })
    expect((await write()).status).toBe(201)

    const { token, secret } = await ana.call(api.createToken, { body: { name: 'x', scopes: ['read'], days: 7 } })
    expect(await both(secret, '/api/workflows')).toEqual([200, 200])
    await ana.call(api.revokeToken, { params: { tokenId: token.id } })
    expect(await both(secret, '/api/workflows')).toEqual([401, 401])

    await ana.call(api.removeMember, { params: { userId: benId } })
    expect(await both(ben.accessToken)).toEqual([401, 401])
    expect(await both(ana.accessToken)).toEqual([200, 200])
    await ana.call(api.logout, {})
    expect(await both(ana.accessToken)).toEqual([401, 401])
  })

  test('who asks is looked up once for both processes, a local run is computed once, and Redis holds nothing that can be read or forged', async () => {
    await using world = await startWorld({ database: 'postgresql', env })
    const other = await world.startAnother()
    const ana = await world.signIn('ana')
    expect(await statusAt(world.url(), ana.accessToken)).toBe(200)
    // Behind the back of both: what the one has read, the other one knows, for seconds.
    await world.db.updateTable('sessions').set({ ended_at: world.clock.now() }).execute()
    expect(await statusAt(other.url, ana.accessToken)).toBe(200)
    await world.db.updateTable('sessions').set({ ended_at: null }).execute()

    const body = {
      sqlQuery: 'SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign',
      parameters: [],
      values: {},
      privacy: 'OFF' as const,
    }
    const first = await ana.call(api.runLocally, { body })
    ana.baseUrl = other.url
    const second = await ana.call(api.runLocally, { body })
    expect({ ...second, tookMs: 0 }).toEqual({ ...first, tookMs: 0 })
    ana.baseUrl = world.url()

    const redis = new Redis(redisUrl)
    const keys = (await redis.keys('recomamp:known:*')).filter((key) => !key.endsWith(':mark'))
    expect(keys.length).toBeGreaterThan(0)
    for (const key of keys) {
      const text = (await redis.get(key)) ?? 'gAAAA'
      expect([/^recomamp:known:[\w-]{30,}$/.test(key), text.startsWith('gAAAA')]).toEqual([true, true])
      await redis.set(key, '{"name":"session","mark":"","until":9999999999999,"value":"owner"}', 'PX', 2000)
    }
    redis.disconnect()
    expect(await statusAt(world.url(), ana.accessToken)).toBe(200)
    expect(await statusAt(world.url(), 'ra_forged')).toBe(401)
  })

  test('when Redis hangs or dies requests go on, and a revocation is answered when nobody can know otherwise', async () => {
    const { hostname, port } = new URL(redisUrl)
    await using proxy = await startTcpProxy({ host: hostname, port: Number(port === '' ? 6379 : port) })
    await using world = await startWorld({
      database: 'postgresql',
      env: { ...env, REDIS_URL: `redis://127.0.0.1:${proxy.port}` },
    })
    const other = await world.startAnother()
    const ana = await world.signIn('ana')
    const again = await world.signIn('ana')
    const timed = async (url: string, token: string) => {
      const begun = performance.now()
      const status = await statusAt(url, token)
      return [status, performance.now() - begun < 900]
    }
    expect(await timed(other.url, again.accessToken)).toEqual([200, true])
    proxy.freeze()
    expect(await timed(world.url(), ana.accessToken)).toEqual([200, true])
    expect(await timed(other.url, again.accessToken)).toEqual([200, true])
    await ana.call(api.revokeOtherSessions, {})
    expect(await timed(other.url, again.accessToken)).toEqual([401, true])
    await proxy.end()
    for (let number = 0; number < 5; number++) expect(await timed(world.url(), ana.accessToken)).toEqual([200, true])
    await proxy.begin()
    await eventually(async () => (await timed(world.url(), ana.accessToken))[0] === 200)
    await wait(100)
    expect(await timed(other.url, again.accessToken)).toEqual([401, true])
  })
})
