import * as api from '@recomamp/contracts'
import { type Person, usualKind, signInAt, startWorld } from '@recomamp/testkit'
import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'

const sessionCookie = 'recomamp-session'
const minute = 60_000

function cookieOf(person: Person): string {
  return person.cookies.get(sessionCookie) ?? ''
}

async function refresh(baseUrl: string, token: string, key?: string) {
  const answer = await fetch(`${baseUrl}/api/auth/refresh`, {
    method: 'POST',
    headers: { cookie: `${sessionCookie}=${token}`, ...(key === undefined ? {} : { 'idempotency-key': key }) },
  })
  const [, next] = /recomamp-session=([^;]*)/.exec(answer.headers.getSetCookie().join()) ?? []
  const body = (await answer.json()) as { accessToken?: string; type?: string }
  return { status: answer.status, next, ...body }
}

describe.each(usualKind)('the session on %s', (database) => {
  test('F-34, S-138: it is renewed also when the access token has expired', async () => {
    await using world = await startWorld({ database })
    const ana = await signInAt(world.url(), 'ana')
    world.clock.advance(16 * minute)
    await expect(ana.call(api.getCurrentUser, {})).rejects.toMatchObject({ type: 'not-signed-in' })
    await ana.renew()
    expect((await ana.call(api.getCurrentUser, {})).name).toBe('Ana Sorel')
  })

  test('ten renewals at once all succeed and agree on the successor', async () => {
    await using world = await startWorld({ database })
    const ana = await signInAt(world.url(), 'ana')
    const token = cookieOf(ana)
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(world.url(), token)))
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 10 }, () => 200))
    expect(new Set(answers.map((answer) => answer.next)).size).toBe(1)
    expect(answers[0]?.next).not.toBe(token)
  })

  test('the token just replaced is good for 30 s; an older one ends the session', async () => {
    await using world = await startWorld({ database })
    const ana = await signInAt(world.url(), 'ana')
    const first = cookieOf(ana)
    const second = (await refresh(world.url(), first)).next ?? ''
    world.clock.advance(29_000)
    expect((await refresh(world.url(), first)).next).toBe(second)
    const third = (await refresh(world.url(), second)).next ?? ''
    expect(await refresh(world.url(), first)).toMatchObject({ status: 401, type: '/problems/session-ended' })
    expect(await refresh(world.url(), third)).toMatchObject({ status: 401, type: '/problems/session-ended' })
  })

  test('the replaced token is refused after 30 s', async () => {
    await using world = await startWorld({ database })
    const ana = await signInAt(world.url(), 'ana')
    const first = cookieOf(ana)
    await refresh(world.url(), first)
    world.clock.advance(31_000)
    expect((await refresh(world.url(), first)).status).toBe(401)
  })

  test('a renewal whose answer was lost is sent again under its key, however much later; under another key it ends the session', async () => {
    await using world = await startWorld({ database })
    const ana = await signInAt(world.url(), 'ana')
    const first = cookieOf(ana)
    const second = (await refresh(world.url(), first, 'one')).next ?? ''
    world.clock.advance(60 * minute)
    expect((await refresh(world.url(), first, 'one')).next).toBe(second)
    await refresh(world.url(), second, 'two')
    world.clock.advance(minute)
    expect((await refresh(world.url(), second, 'one')).status).toBe(401)
    const ben = await signInAt(world.url(), 'ben')
    const bens = cookieOf(ben)
    await refresh(world.url(), bens, 'one')
    const next = (await refresh(world.url(), bens, 'one')).next ?? ''
    await refresh(world.url(), next, 'one')
    // Two renewals ago: no lost answer can explain that.
    expect((await refresh(world.url(), bens, 'one')).status).toBe(401)
  })

  test('a sign-in replaces the session of its browser once the new cookie is used; one whose answer was lost changes nothing', async () => {
    await using world = await startWorld({ database })
    const ana = await signInAt(world.url(), 'ana')
    const lost = cookieOf(ana)
    const signInAgain = async () => {
      const login = await fetch(`${world.url()}/api/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: `${sessionCookie}=${lost}` },
        body: JSON.stringify({ provider: 'sandbox' }),
      })
      const secret = login.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
      const { authorizationUrl } = api.login.ok.body.parse(await login.json())
      const consent = await fetch(`${authorizationUrl}&auto_approve=ana`, { redirect: 'manual' })
      const callback = await fetch(consent.headers.get('location') ?? '', {
        redirect: 'manual',
        headers: { cookie: [...secret, `${sessionCookie}=${lost}`].join('; ') },
      })
      const [, next] = /recomamp-session=([^;]*)/.exec(callback.headers.getSetCookie().join()) ?? []
      return next ?? ''
    }
    await signInAgain()
    expect((await ana.call(api.getCurrentUser, {})).name).toBe('Ana Sorel')
    const arrived = await signInAgain()
    expect((await refresh(world.url(), arrived)).status).toBe(200)
    await expect(ana.call(api.getCurrentUser, {})).rejects.toMatchObject({ type: 'session-ended' })
    expect((await refresh(world.url(), lost)).status).toBe(401)
    expect((await refresh(world.url(), arrived)).status).toBe(200)
  })

  test('S-140: signing out ends it at once, also for access tokens that have not expired', async () => {
    await using world = await startWorld({ database })
    const ana = await signInAt(world.url(), 'ana')
    const other = await signInAt(world.url(), 'ana')
    const token = cookieOf(ana)
    await ana.call(api.getCurrentUser, {})
    await ana.call(api.logout, {})
    await expect(ana.call(api.getCurrentUser, {})).rejects.toMatchObject({ type: 'session-ended', status: 401 })
    expect((await refresh(world.url(), token)).status).toBe(401)
    expect(ana.cookies.has(sessionCookie)).toBe(false)
    expect((await other.call(api.getCurrentUser, {})).name).toBe('Ana Sorel')
  })

  test('S-204: it ends after 24 hours without use, lives on while it is used, and ends after 30 days all the same', async () => {
    await using world = await startWorld({ database })
    const [ana, ben] = [await signInAt(world.url(), 'ana'), await signInAt(world.url(), 'ben')]
    world.clock.advance(23 * 60 * minute)
    await ana.renew()
    world.clock.advance(2 * 60 * minute)
    await ana.renew()
    await expect(ben.renew()).rejects.toMatchObject({ type: 'session-ended' })
    for (let hours = 25 + 23; hours < 30 * 24; hours += 23) {
      world.clock.advance(23 * 60 * minute)
      await ana.renew()
    }
    world.clock.advance(23 * 60 * minute)
    await expect(ana.renew()).rejects.toMatchObject({ type: 'session-ended' })
  })
})

test('S-173, S-176, S-207, S-208: every call carries a JWT; without one, and with forged and foreign ones, it is refused', async () => {
  await using world = await startWorld()
  const ana = await signInAt(world.url(), 'ana')
  const [id, , mac] = cookieOf(ana).split('.')
  for (const token of ['', 'x', 'a.b.c', `${id}.3.${mac}`, `${id}.2.${'A'.repeat(43)}`, `${id}.1e0.${mac}`])
    expect([token, (await refresh(world.url(), token)).status]).toEqual([token, 401])
  const [header, payload, signature] = ana.accessToken.split('.')
  const none = Buffer.from('{"alg":"none"}').toString('base64url')
  const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as Record<string, unknown>
  const sign = (audience: string) =>
    new SignJWT({ wid: claims['wid'], sid: claims['sid'] })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(String(claims['sub']))
      .setIssuer('recomamp')
      .setAudience(audience)
      .setExpirationTime('5 minutes')
      .sign(new TextEncoder().encode(world.server().ctx.secrets.jwtSecretKey))
  const asks = async (token: string) =>
    (await fetch(`${world.url()}/api/auth/user`, { headers: { authorization: `Bearer ${token}` } })).status
  expect([await asks(await sign('recomamp api')), await asks(await sign('another service'))]).toEqual([200, 401])
  const longer = Buffer.from(JSON.stringify({ ...claims, exp: 9_999_999_999 })).toString('base64url')
  for (const token of ['', 'x', `${none}.${payload}.`, `${header}.${longer}.${signature}`, cookieOf(ana)]) {
    const answer = await fetch(`${world.url()}/api/auth/user`, { headers: { authorization: `Bearer ${token}` } })
    expect([token, answer.status]).toEqual([token, 401])
  }
  expect((await ana.call(api.getCurrentUser, {})).name).toBe('Ana Sorel')
})

test('F-38: a token of another installation is refused', async () => {
  await using here = await startWorld()
  await using there = await startWorld({ env: { JWT_SECRET_KEY: 'another key for tests, just as long as the first' } })
  const ana = await signInAt(there.url(), 'ana')
  const answer = await fetch(`${here.url()}/api/auth/user`, { headers: { authorization: `Bearer ${ana.accessToken}` } })
  expect(answer.status).toBe(401)
})
