import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import * as api from '@recomamp/contracts'
import { type World, databaseKinds, eventually, startWorld } from '@recomamp/testkit'
import { describe, expect, test } from 'vitest'
import { EncryptedToken } from '#platform/crypto/tokens.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'

async function connectionOf(world: World) {
  return world.db.selectFrom('connections').selectAll().executeTakeFirstOrThrow()
}

const drain = (pages: AsyncIterable<unknown>) =>
  acrossWorkspaces(async () => {
    for await (const _ of pages);
  })

describe.each(databaseKinds)('tokens on %s', (database) => {
  test('F-33, S-040, S-077: a hundred calls with an expired token lead to one refresh, and all succeed', async () => {
    await using world = await startWorld({ database })
    await world.signIn('ana')
    world.clock.advance(61 * 60_000)
    const { id } = await connectionOf(world)
    const amc = await world.amcFor(id)
    await Promise.all(Array.from({ length: 100 }, () => drain(amc.listAccounts())))
    expect(world.emulator.count('refresh_token')).toBe(1)
  })

  test('S-040: a 401 from AMC leads to one refresh and one repetition', async () => {
    await using world = await startWorld({ database })
    await world.signIn('ana')
    const { id } = await connectionOf(world)
    const amc = await world.amcFor(id)
    world.emulator.faults.add({ operation: '*', status: 401, times: 1 })
    await drain(amc.listAccounts())
    expect(world.emulator.count('refresh_token')).toBe(1)
  })

  test('F-30, F-36: a revoked grant asks for a new sign-in and deletes nothing', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const before = await connectionOf(world)
    world.emulator.revoke('ana')
    world.clock.advance(61 * 60_000)
    const amc = await world.amcFor(before.id)
    await expect(drain(amc.listAccounts())).rejects.toMatchObject({ name: 'NeedsReconnect' })
    const after = await connectionOf(world)
    expect(after.health).toBe('needs-reconnect')
    expect(after.refresh_token_encrypted).toBe(before.refresh_token_encrypted)
    // The person is still signed in here, and sees what to do; signing in again mends it.
    await ana.renew()
    expect((await ana.call(api.getCurrentUser, {})).connections[0]?.health).toBe('needs-reconnect')
    await world.signIn('ana')
    expect((await connectionOf(world)).health).toBe('healthy')
    await drain(amc.listAccounts())
  })

  test('a sign-in during a renewal that is refused is not undone by it', async () => {
    await using world = await startWorld({ database })
    await world.signIn('ana')
    const { id } = await connectionOf(world)
    const amc = await world.amcFor(id)
    world.emulator.revoke('ana')
    world.clock.advance(61 * 60_000)
    world.emulator.faults.add({ operation: 'createToken', times: 1, delayAfterMs: 1500 })
    const refused = drain(amc.listAccounts()).catch((error: unknown) => error)
    await eventually(() => world.emulator.count('call', 'createToken') === 2)
    await world.signIn('ana')
    expect(await refused).toMatchObject({ name: 'NeedsReconnect' })
    expect((await connectionOf(world)).health).toBe('healthy')
    await drain(amc.listAccounts())
  })

  test('F-29, F-30: a token that no key opens stays, the connection asks for a new sign-in, and mends itself once the key is back', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const { db } = world
    const foreign = EncryptedToken.parse(`gAAAAA${'A'.repeat(94)}`)
    const before = await connectionOf(world)
    const both = { access_token_encrypted: foreign, refresh_token_encrypted: foreign }
    await db.updateTable('connections').set(both).execute()
    const amc = await world.amcFor(before.id)
    await expect(drain(amc.listAccounts())).rejects.toMatchObject({ name: 'NeedsReconnect' })
    expect(await connectionOf(world)).toMatchObject({ ...both, health: 'needs-reconnect' })
    const [shown] = (await ana.call(api.getCurrentUser, {})).connections
    expect(shown).toMatchObject({ health: 'needs-reconnect', reconnectReason: 'unreadable' })
    const { access_token_encrypted, refresh_token_encrypted } = before
    await db.updateTable('connections').set({ access_token_encrypted, refresh_token_encrypted }).execute()
    await drain(amc.listAccounts())
    expect((await connectionOf(world)).health).toBe('healthy')
  })

  test('F-30: an access token alone that cannot be decrypted is renewed', async () => {
    await using world = await startWorld({ database })
    await world.signIn('ana')
    const foreign = EncryptedToken.parse(`gAAAAA${'A'.repeat(94)}`)
    await world.db.updateTable('connections').set({ access_token_encrypted: foreign }).execute()
    const { id } = await connectionOf(world)
    await drain((await world.amcFor(id)).listAccounts())
    expect(await connectionOf(world)).toMatchObject({ health: 'healthy', check_error: null })
    expect(world.emulator.count('refresh_token')).toBe(1)
  })

  test.each([
    [401, 'invalid_client', 'invalid-client'],
    [429, 'slow_down', 'unavailable'],
    [503, 'server_error', 'unavailable'],
  ])(
    'S-043: on %i %s everything stays, the person reads why, and a later call succeeds',
    async (status, error, kind) => {
      let isBroken = false
      await using world = await startWorld({
        database,
        between: {
          answer: ({ path }, answer) =>
            isBroken && path === '/auth/o2/token'
              ? { status, contentType: 'application/json', body: JSON.stringify({ error }) }
              : answer,
        },
      })
      const ana = await world.signIn('ana')
      const before = await connectionOf(world)
      world.clock.advance(61 * 60_000)
      isBroken = true
      const amc = await world.amcFor(before.id)
      await expect(drain(amc.listAccounts())).rejects.toMatchObject({ name: 'LwaError', kind })
      expect(await connectionOf(world)).toMatchObject({
        health: 'healthy',
        refresh_lease_until: null,
        refresh_token_encrypted: before.refresh_token_encrypted,
      })
      await ana.renew()
      const [shown] = (await ana.call(api.getCurrentUser, {})).connections
      expect(shown?.checkError).toMatch(kind === 'unavailable' ? /tried again by itself/ : /AMAZON_CLIENT_SECRET/)
      // Until the pause is over Amazon is left alone.
      isBroken = false
      await expect(drain(amc.listAccounts())).rejects.toMatchObject({ name: 'LwaError', kind })
      expect(world.emulator.count('refresh_token')).toBe(1)
      world.clock.advance(3000)
      await drain(amc.listAccounts())
      expect(await connectionOf(world)).toMatchObject({ check_error: null })
    },
  )

  test('S-049, S-050: a token that expires within 15 minutes is renewed in the background', async () => {
    await using world = await startWorld({ database, env: { TOKEN_REFRESH_INTERVAL_SECONDS: '1' } })
    await world.signIn('ana')
    const before = await connectionOf(world)
    world.clock.advance(46 * 60_000)
    const after = await eventually(async () => {
      const now = await connectionOf(world)
      return now.access_token_expires_at > before.access_token_expires_at && now
    })
    expect(after.access_token_encrypted).not.toBe(before.access_token_encrypted)
    expect(world.emulator.count('refresh_token')).toBe(1)
  })
})

test.runIf(databaseKinds.includes('postgresql'))('F-33: two servers share one refresh', async () => {
  await using world = await startWorld({ database: 'postgresql' })
  await world.signIn('ana')
  const other = await world.startAnother()
  world.clock.advance(61 * 60_000)
  const { id } = await connectionOf(world)
  const clients = await Promise.all(
    [world.server(), other].map((server) => acrossWorkspaces(() => server.ctx.amcFor(id))),
  )
  await Promise.all(clients.flatMap((amc) => Array.from({ length: 5 }, () => drain(amc.listAccounts()))))
  expect(world.emulator.count('refresh_token')).toBe(1)
})

test.runIf(databaseKinds.includes('postgresql'))(
  'F-33: ten processes that want a token of one connection lead to one refresh, and all get it',
  async () => {
    await using world = await startWorld({ database: 'postgresql' })
    await world.signIn('ana')
    const { id } = await connectionOf(world)
    const { clientId, clientSecret, authorizeUrl, tokenUrl, profileUrl, url } = world.emulator
    const aheadMs = 61 * 60_000
    world.clock.advance(aheadMs)
    const env = {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: world.databaseUrl,
      FERNET_KEY: world.server().ctx.secrets.fernetKeys.join(','),
      TEST_CONNECTION: id,
      TEST_CLOCK_AHEAD_MS: String(aheadMs),
      TEST_SANDBOX: JSON.stringify({ clientId, clientSecret, authorizeUrl, tokenUrl, profileUrl, adsApiUrl: url }),
    }
    const children = Array.from({ length: 10 }, () =>
      spawn(process.execPath, [join(import.meta.dirname, 'refresh-process.ts')], {
        env,
        stdio: ['pipe', 'pipe', 'inherit'],
      }),
    )
    const lines = children.map((child) => createInterface(child.stdout)[Symbol.asyncIterator]())
    await Promise.all(lines.map((line) => line.next()))
    world.emulator.faults.add({ operation: 'createToken', times: 1, delayAfterMs: 1000 })
    for (const child of children) child.stdin.end('go\n')
    const answers = await Promise.all(lines.map(async (line) => String((await line.next()).value)))
    // A set of one set of one: all of them the same token.
    expect([...new Set(answers)]).toEqual([expect.stringMatching(/^\["Atza\|[^"]+"\]$/)])
    expect(world.emulator.count('refresh_token')).toBe(1)
  },
)
