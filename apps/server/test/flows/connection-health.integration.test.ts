import * as api from '@recomamp/contracts'
import { type Between, type Person, type World, usualKind, eventually, startWorld } from '@recomamp/testkit'
import { describe, expect, test } from 'vitest'
import { wordsForFault } from '#features/sign-in/amazon-fault.ts'
import { decryptToken } from '#platform/crypto/tokens.ts'
import { createLog } from '#platform/log/log.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import { aQuery, anInstance, ended, run } from './runs.ts'

async function connectionOf(world: World) {
  return world.db.selectFrom('connections').selectAll().executeTakeFirstOrThrow()
}

async function shownTo(person: Person) {
  const [connection] = (await person.call(api.getCurrentUser, {})).connections
  if (connection === undefined) throw new Error('no connection')
  return connection
}

async function checked(person: Person) {
  const params = { connectionId: (await shownTo(person)).id }
  await person.call(api.checkConnection, { params })
  return eventually(async () => {
    const connection = await shownTo(person)
    return !connection.checking && connection
  })
}

async function drain(world: World) {
  const amc = await world.amcFor((await connectionOf(world)).id)
  await acrossWorkspaces(async () => {
    for await (const _ of amc.listAccounts());
  })
}

/** Amazon, if it gave another refresh token with each refresh and took only the latest. */
function rotating(): Between & { issued: string[] } {
  const issued: string[] = []
  let first = ''
  return {
    issued,
    request({ path, body }) {
      const form = new URLSearchParams(body)
      if (path !== '/auth/o2/token' || form.get('grant_type') !== 'refresh_token') return body
      const given = form.get('refresh_token') ?? ''
      form.set('refresh_token', given === (issued.at(-1) ?? first) ? first : 'Atzr|outdated')
      return form.toString()
    },
    answer({ path, body }, answer) {
      if (path !== '/auth/o2/token' || answer.status !== 200) return answer
      const tokens = JSON.parse(String(answer.body)) as Record<string, unknown>
      if (body.includes('authorization_code')) {
        first = String(tokens['refresh_token'])
        return answer
      }
      issued.push(`Atzr|rotated-${issued.length + 1}`)
      return { ...answer, body: JSON.stringify({ ...tokens, refresh_token: issued.at(-1) }) }
    },
  }
}

describe.each(usualKind)('connection health on %s', (database) => {
  test('S-044, S-067: a test of the connection asks Amazon who it belongs to and AMC whether it answers, and shows what came out', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const before = await shownTo(ana)
    world.clock.advance(60_000)
    const healthy = await checked(ana)
    expect(healthy).toMatchObject({ health: 'healthy', checkError: null })
    expect(Date.parse(healthy.checkedAt ?? '')).toBeGreaterThan(Date.parse(before.checkedAt ?? ''))
    world.emulator.faults.add({ operation: 'listAmcAccounts', times: 1, status: 403, details: 'Unauthorized request.' })
    const refused = await checked(ana)
    expect(refused).toMatchObject({ health: 'healthy', checkedAt: healthy.checkedAt })
    expect(refused.checkError).toMatch(/does not let this sign-in.*Amazon said \(403\): Unauthorized request\./)
    expect((await checked(ana)).checkError).toBeNull()
    world.emulator.revoke('ana')
    expect(await checked(ana)).toMatchObject({ health: 'needs-reconnect', reconnectReason: 'revoked' })
    // Nobody tests somebody else's.
    const ben = await world.signIn('ben')
    const params = { connectionId: before.id }
    await expect(ben.call(api.checkConnection, { params })).rejects.toMatchObject({ type: 'connection-not-found' })
  })

  test('S-043, S-066: a rotated refresh token takes the place of the old one, in one statement', async () => {
    const between = rotating()
    await using world = await startWorld({ database, between })
    await world.signIn('ana')
    for (let hour = 1; hour <= 3; hour += 1) {
      world.clock.advance(61 * 60_000)
      await drain(world)
    }
    expect(between.issued).toHaveLength(3)
    expect((await connectionOf(world)).health).toBe('healthy')
  })

  test('S-066: a rotated refresh token that arrived spoilt leads back to the one before it', async () => {
    let spoil = true
    await using world = await startWorld({
      database,
      between: {
        answer({ path, body }, answer) {
          if (path !== '/auth/o2/token' || !body.includes('grant_type=refresh_token') || !spoil) return answer
          const tokens = JSON.parse(String(answer.body)) as object
          return { ...answer, body: JSON.stringify({ ...tokens, refresh_token: 'Atzr|cut' }) }
        },
      },
    })
    await world.signIn('ana')
    world.clock.advance(61 * 60_000)
    await drain(world)
    spoil = false
    world.clock.advance(61 * 60_000)
    await drain(world)
    world.clock.advance(61 * 60_000)
    await drain(world)
    expect(await connectionOf(world)).toMatchObject({ health: 'healthy', previous_refresh_token_encrypted: null })
  })

  test('S-051, S-103: who is connected follows from the database: a restart loses nobody, and the disconnected are left alone', async () => {
    await using world = await startWorld({ database, env: { TOKEN_REFRESH_INTERVAL_SECONDS: '1' } })
    const ana = await world.signIn('ana')
    await world.signIn('ben')
    expect((await shownTo(ana)).access).toMatchObject({ lookedAtEverySeconds: 1, renewedBeforeEndSeconds: 900 })
    const { db } = world
    const [first] = await db.selectFrom('connections').orderBy('created_at').select('id').execute()
    await db
      .updateTable('connections')
      .where('id', '=', first!.id)
      .set({ health: 'needs-reconnect', reconnect_reason: 'revoked' })
      .execute()
    await world.restart()
    world.clock.advance(46 * 60_000)
    const soon = new Date(world.clock.now().getTime() + 900_000)
    const due = world.db.selectFrom('connections').where('access_token_expires_at', '<=', soon).select('id')
    await eventually(async () => (await due.execute()).length === 1)
    expect(await due.execute()).toEqual([first])
    expect(world.emulator.count('refresh_token')).toBe(1)
  })

  test('a person ends a connection: its tokens are gone, what came through it stays, and a sign-in brings it back', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const ben = await world.signIn('ben')
    const instance = await anInstance(ana)
    const finished = await ended(ana, await run(ana, await aQuery(ana), { instanceId: instance.id }))
    const params = { connectionId: (await shownTo(ana)).id }
    await expect(ben.call(api.getDisconnection, { params })).rejects.toMatchObject({ type: 'connection-not-found' })
    await expect(ben.call(api.disconnect, { params })).rejects.toMatchObject({ type: 'connection-not-found' })
    const told = await ana.call(api.getDisconnection, { params })
    expect(told.instances).toContainEqual({ id: instance.id, name: instance.name })
    expect(told).toMatchObject({ openExecutions: 0, executions: 1, instanceCount: told.instances.length })

    expect(await ana.call(api.disconnect, { params })).toEqual(told)
    expect(await shownTo(ana)).toMatchObject({ health: 'needs-reconnect', reconnectReason: 'disconnected' })
    const ofAna = () =>
      world.db.selectFrom('connections').where('id', '=', params.connectionId).selectAll().executeTakeFirstOrThrow()
    expect(await ofAna()).toMatchObject({ access_token_encrypted: null, refresh_token_encrypted: null })
    await expect(world.amcFor(params.connectionId).then(firstAccount)).rejects.toThrow('a new sign-in')
    expect((await ana.call(api.listInstances, { query: {} })).total).toBe(told.instanceCount)
    const results = await ana.call(api.getResults, { params: { executionId: finished.id }, query: {} })
    expect(results.rows.length).toBe(finished.rowCount)

    const again = await world.signIn('ana')
    expect(await shownTo(again)).toMatchObject({ id: params.connectionId, health: 'healthy', reconnectReason: null })
    await ended(again, await run(again, await aQuery(again), { instanceId: instance.id }))
  })
})

async function firstAccount(amc: { listAccounts: () => AsyncIterable<unknown> }) {
  await acrossWorkspaces(async () => {
    for await (const _ of amc.listAccounts()) return
  })
}

test('S-042: a token is decrypted in memory for a call: no log line, answer or event ever holds it', async () => {
  const lines: string[] = []
  await using world = await startWorld({ log: createLog('trace', { write: (line) => lines.push(line) }) })
  const ana = await world.signIn('ana')
  world.clock.advance(61 * 60_000)
  await ana.renew()
  await checked(ana)
  world.emulator.faults.add({ operation: 'createToken', times: 1, status: 503 })
  world.clock.advance(61 * 60_000)
  await drain(world).catch(() => undefined)
  await ana.renew()
  const { fernetKeys } = world.server().ctx.secrets
  const { access_token_encrypted, refresh_token_encrypted } = await connectionOf(world)
  const tokens = [access_token_encrypted, refresh_token_encrypted].map((token) => decryptToken(token!, fernetKeys))
  const answers = JSON.stringify(await ana.call(api.getCurrentUser, {}))
  const events = JSON.stringify(await world.db.selectFrom('events').selectAll().execute())
  for (const token of tokens) {
    expect(token).toMatch(/^Atz[ar]\|/)
    for (const text of [lines.join(''), answers, events]) expect(text).not.toContain(token.slice(5))
  }
  expect(lines.some((line) => line.includes('call to AMC'))).toBe(true)
})

test('a consent tells when Amazon ends it; one from before Amazon’s change has no end', async () => {
  await using world = await startWorld()
  const ana = await world.signIn('ana')
  const consented = async (at: string) => {
    await world.db
      .updateTable('connections')
      .set({ consented_at: new Date(at) })
      .execute()
    return (await shownTo(ana)).consentEndsAt
  }
  expect(await consented('2026-11-01T00:00:00.000Z')).toBe('2027-11-01T00:00:00.000Z')
  expect(await consented('2026-01-01T00:00:00.000Z')).toBeNull()
})

test('an error of our own keeps its text to the log', () => {
  expect(wordsForFault(new Error('connect postgres://user:secret@db'))).not.toMatch(/secret/)
})
