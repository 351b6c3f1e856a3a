import { createPkcePair, LwaError } from '@recomamp/amc-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEmulator, openTestEngine } from './open-emulator.ts'
import type { TestEmulator } from './open-emulator.ts'

const engine = openTestEngine()
const redirectUri = 'http://127.0.0.1:8001/api/auth/callback'
const scopes = ['profile', 'advertising::campaign_management']
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

function consentUrl(change: Record<string, string | null> = {}, codeChallenge = 'x'): URL {
  const url = new URL(world.lwa.authorizationUrl({ state: 'st+1', redirectUri, codeChallenge, scopes }))
  for (const [name, value] of Object.entries(change))
    if (value === null) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  return url
}

async function redirectOf(answer: Promise<Response>): Promise<URL> {
  const { status, headers } = await answer
  expect(status).toBe(302)
  return new URL(headers.get('location') ?? '')
}

const visit = (url: URL) => fetch(url, { redirect: 'manual' })

async function grant(person: string, scope = scopes.join(' ')) {
  const { codeVerifier, codeChallenge } = createPkcePair()
  const back = await redirectOf(visit(consentUrl({ auto_approve: person, scope }, codeChallenge)))
  return { code: back.searchParams.get('code') ?? '', codeVerifier, redirectUri }
}

async function kindOf(work: Promise<unknown>) {
  const error: unknown = await work.catch((reason: unknown) => reason)
  if (!(error instanceof LwaError)) throw new Error('no LwaError')
  return { kind: error.kind, status: error.status, description: error.description }
}

describe('consent', () => {
  test('the page offers each person and the refusal, and carries the request along', async () => {
    const answer = await visit(consentUrl())
    const page = await answer.text()
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    for (const person of ['ana', 'ben', 'cleo']) expect(page).toContain(`<button name="approve" value="${person}">`)
    expect(page).toContain('name="approve" value="">Refuse')
    expect(page).toContain('name="state" value="st+1"')
  })

  test('what the page sends back leads to a code, with the state as it was', async () => {
    const form = new URLSearchParams([...consentUrl().searchParams, ['approve', 'ben']])
    const url = world.emulator.authorizeUrl
    const back = await redirectOf(fetch(url, { method: 'POST', body: form, redirect: 'manual' }))
    expect(back.href).toMatch(/^http:\/\/127\.0\.0\.1:8001\/api\/auth\/callback\?code=/)
    expect(back.searchParams.get('state')).toBe('st+1')
    expect(back.searchParams.get('scope')).toBe(scopes.join(' '))
  })

  test('a refusal comes back as access_denied', async () => {
    const form = new URLSearchParams([...consentUrl().searchParams, ['approve', '']])
    const url = world.emulator.authorizeUrl
    const back = await redirectOf(fetch(url, { method: 'POST', body: form, redirect: 'manual' }))
    expect([back.searchParams.get('error'), back.searchParams.get('code')]).toEqual(['access_denied', null])
    expect(back.searchParams.get('state')).toBe('st+1')
  })

  test.each([
    ['https://evil.example/callback'],
    ['http://127.0.0.1.evil.example/'],
    ['http://localhost@evil.example/'],
    ['javascript:alert(1)'],
    ['nonsense'],
  ])('the return address %s gets an error page and no redirect', async (address) => {
    const answer = await visit(consentUrl({ redirect_uri: address, auto_approve: 'ana' }))
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
  })

  test('an unknown client gets an error page, a broken request comes back as an error', async () => {
    expect((await visit(consentUrl({ client_id: 'other' }))).status).toBe(400)
    const errorOf = async (change: Record<string, string>) =>
      (await redirectOf(visit(consentUrl(change)))).searchParams.get('error')
    expect(await errorOf({ response_type: 'token' })).toBe('unsupported_response_type')
    expect(await errorOf({ scope: 'advertising::campaign_management&profile' })).toBe('invalid_scope')
    expect(await errorOf({ scope: '' })).toBe('invalid_request')
  })

  test('what is written into the page cannot leave its attribute', async () => {
    const page = await (await visit(consentUrl({ state: '"><script>x</script>' }))).text()
    expect(page).not.toContain('<script>')
  })
})

describe('tokens', () => {
  test('S-237: code, tokens, profile; a refresh answers the same refresh token', async () => {
    const tokens = await world.lwa.exchangeCode(await grant('cleo'))
    expect(tokens.accessToken).toMatch(/^Atza\|.{345,}/)
    expect(tokens.expiresInSeconds).toBe(3600)
    expect(await world.lwa.profile(tokens.accessToken)).toEqual({
      userId: 'amzn1.account.AESANDBOXCLEO2VYHGT8NDQ4FWKB',
      name: 'Cleo Marchetti',
      email: 'cleo@example.com',
    })
    const renewed = await world.lwa.refresh(tokens.refreshToken ?? '')
    expect(renewed.refreshToken).toBe(tokens.refreshToken)
    expect(renewed.accessToken).not.toBe(tokens.accessToken)
  })

  const wrongCode = {
    kind: 'invalid-grant',
    status: 400,
    description: 'The request has an invalid grant parameter : code',
  }

  test('a code works once', async () => {
    const code = await grant('ana')
    await world.lwa.exchangeCode(code)
    expect(await kindOf(world.lwa.exchangeCode(code))).toEqual(wrongCode)
  })

  test('a code dies after five minutes', async () => {
    const code = await grant('ana')
    clock = new Date(clock.getTime() + 300_001)
    expect(await kindOf(world.lwa.exchangeCode(code))).toEqual(wrongCode)
  })

  test('a code needs its verifier and its return address', async () => {
    const code = await grant('ana')
    expect(await kindOf(world.lwa.exchangeCode({ ...code, codeVerifier: 'wrong' }))).toEqual(wrongCode)
    const other = await grant('ana')
    expect(await kindOf(world.lwa.exchangeCode({ ...other, redirectUri: 'http://localhost/' }))).toEqual(wrongCode)
  })

  const ask = async (fields: Record<string, string>, init: RequestInit = {}) => {
    const { clientId: client_id, clientSecret: client_secret } = world.emulator
    const body = new URLSearchParams({ client_id, client_secret, ...fields })
    const answer = await fetch(world.emulator.tokenUrl, { method: 'POST', body, ...init })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }

  test.each([
    [{ grant_type: 'refresh_token', refresh_token: 'x', client_secret: 'no' }, 401, 'Client authentication failed'],
    [{ grant_type: 'refresh_token' }, 400, 'The request is missing a required parameter : refresh_token'],
    [{ grant_type: 'password' }, 400, 'The authorization grant type is not supported by the authorization server'],
    [
      { grant_type: 'refresh_token', refresh_token: 'x' },
      400,
      "The request has an invalid grant parameter : refresh_token. User may have revoked or didn't grant the permission.",
    ],
  ])('%j: %i', async (fields, status, description) => {
    const answer = await ask(fields)
    expect([answer.status, answer.body['error_description']]).toEqual([status, description])
    expect(answer.body['request_id']).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('JSON without a content type is read too', async () => {
    const { clientId: client_id, clientSecret: client_secret, refreshToken: refresh_token } = world.emulator
    const json = JSON.stringify({ grant_type: 'refresh_token', client_id, client_secret, refresh_token })
    // Bytes, so that fetch adds no type of its own.
    const answer = await ask({}, { body: new TextEncoder().encode(json) })
    expect(answer.status).toBe(200)
  })

  test('a revoked grant ends its access tokens and its refresh token', async () => {
    const tokens = await world.lwa.exchangeCode(await grant('ben'))
    world.emulator.revoke('ben')
    expect(await kindOf(world.lwa.refresh(tokens.refreshToken ?? ''))).toMatchObject({ kind: 'invalid-grant' })
    expect(await kindOf(world.lwa.profile(tokens.accessToken))).toMatchObject({ kind: 'profile-refused' })
  })

  test('a consent without the scope profile has no identity', async () => {
    const tokens = await world.lwa.exchangeCode(await grant('ana', 'advertising::campaign_management'))
    expect(await kindOf(world.lwa.profile(tokens.accessToken))).toMatchObject({ kind: 'profile-refused' })
  })
})
