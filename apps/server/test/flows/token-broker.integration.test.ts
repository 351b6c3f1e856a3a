import * as api from '@recomamp/contracts'
import { type World, databaseKinds, eventually, startWorld } from '@recomamp/testkit'
import { describe, expect, test } from 'vitest'
import { EncryptedToken } from '#platform/crypto/tokens.ts'

async function connectionOf(world: World) {
  return world.server().ctx.db.selectFrom('connections').selectAll().executeTakeFirstOrThrow()
}

const drain = async (pages: AsyncIterable<unknown>) => {
  for await (const _ of pages);
}

describe.each(databaseKinds)('tokens on %s', (database) => {
  test('F-33, S-040, S-077: ten calls with an expired token lead to one refresh, and all ten succeed', async () => {
    await using world = await startWorld({ database })
    await world.signIn('ana')
    world.clock.advance(61 * 60_000)
    const { id } = await connectionOf(world)
    const amc = await world.server().ctx.amcFor(id)
    await Promise.all(Array.from({ length: 10 }, () => drain(amc.listAccounts())))
    expect(world.emulator.count('refresh_token')).toBe(1)
  })

  test('S-040: a 401 from AMC leads to one refresh and one repetition', async () => {
    await using world = await startWorld({ database })
    await world.signIn('ana')
    const { id } = await connectionOf(world)
    const amc = await world.server().ctx.amcFor(id)
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
    const amc = await world.server().ctx.amcFor(before.id)
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
    const amc = await world.server().ctx.amcFor(id)
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

  test('F-30: a token that cannot be decrypted stays, and the connection asks for a new sign-in', async () => {
    await using world = await startWorld({ database })
    await world.signIn('ana')
    const { db } = world.server().ctx
    const foreign = `gAAAAA${'A'.repeat(94)}`
    const before = await connectionOf(world)
    await db
      .updateTable('connections')
      .set({ access_token_encrypted: EncryptedToken.parse(foreign) })
      .execute()
    const amc = await world.server().ctx.amcFor(before.id)
    await expect(drain(amc.listAccounts())).rejects.toMatchObject({ name: 'NeedsReconnect' })
    const after = await connectionOf(world)
    expect(after).toMatchObject({ health: 'needs-reconnect', access_token_encrypted: foreign })
    expect(after.refresh_token_encrypted).toBe(before.refresh_token_encrypted)
  })

  test('when Amazon does not answer, everything stays and a later call succeeds', async () => {
    await using world = await startWorld({ database })
    await world.signIn('ana')
    const before = await connectionOf(world)
    world.clock.advance(61 * 60_000)
    world.emulator.faults.add({ operation: 'createToken', status: 503, times: 1 })
    const amc = await world.server().ctx.amcFor(before.id)
    await expect(drain(amc.listAccounts())).rejects.toMatchObject({ name: 'LwaError', kind: 'unavailable' })
    expect(await connectionOf(world)).toMatchObject({ health: 'healthy', refresh_lease_until: null })
    await drain(amc.listAccounts())
  })

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
  const clients = await Promise.all([world.server(), other].map((server) => server.ctx.amcFor(id)))
  await Promise.all(clients.flatMap((amc) => Array.from({ length: 5 }, () => drain(amc.listAccounts()))))
  expect(world.emulator.count('refresh_token')).toBe(1)
})
