import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsOf } from './description.ts'
import type { Answer } from './description.ts'
import { answerOf, keysInOrder, openPlainWorld } from './plain-client.ts'
import type { PlainWorld } from './plain-client.ts'

let clock = new Date('2026-10-01T00:00:00Z')
let world: PlainWorld
beforeAll(async () => {
  world = await openPlainWorld({ now: () => clock })
})
afterAll(() => world[Symbol.asyncDispose]())

const redirectUri = 'http://localhost:9/callback'
const grants = { code: 'The request has an invalid grant parameter : code' }

async function consent(change: Record<string, string> = {}): Promise<Response> {
  const query = new URLSearchParams({
    client_id: world.emulator.clientId,
    scope: 'profile advertising::campaign_management',
    response_type: 'code',
    redirect_uri: redirectUri,
    state: 'a b&c',
    auto_approve: 'ben',
    ...change,
  })
  for (const [name, value] of Object.entries(change)) if (value === '') query.delete(name)
  return fetch(`${world.emulator.authorizeUrl}?${query.toString()}`, { redirect: 'manual' })
}

const codeOf = async (change: Record<string, string> = {}) =>
  new URL((await consent(change)).headers.get('location') ?? '').searchParams.get('code') ?? ''

async function token(fields: Record<string, string>, json = false): Promise<Answer> {
  const body = { client_id: world.emulator.clientId, client_secret: world.emulator.clientSecret, ...fields }
  const answer = await answerOf(
    await fetch(world.emulator.tokenUrl, {
      method: 'POST',
      body: json ? new TextEncoder().encode(JSON.stringify(body)) : new URLSearchParams(body),
    }),
  )
  expect(faultsOf('createToken', answer)).toEqual([])
  return answer
}

const byCode = (code: string, more: Record<string, string> = {}) =>
  token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...more })

describe('consent', () => {
  test('302 with code, scope and the state as it was sent', async () => {
    const answer = await consent()
    const back = new URL(answer.headers.get('location') ?? '')
    expect([answer.status, `${back.origin}${back.pathname}`]).toEqual([302, redirectUri])
    expect([...back.searchParams.keys()]).toEqual(['code', 'scope', 'state'])
    expect(back.searchParams.get('state')).toBe('a b&c')
    expect(back.searchParams.get('scope')).toBe('profile advertising::campaign_management')
  })

  test('without a choice it is a page with every person and a refusal, which comes back as access_denied', async () => {
    const answer = await consent({ auto_approve: '' })
    const page = await answer.text()
    expect([answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([200, 'text/html'])
    for (const name of ['Ana Sorel', 'Ben Adeyemi', 'Cleo Marchetti', 'Refuse']) expect(page).toContain(name)
    const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
      ([, name = '', value = '']) => [name, value.replaceAll('&#38;', '&')] as [string, string],
    )
    const refused = await fetch(world.emulator.authorizeUrl, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams([...fields, ['approve', '']]),
    })
    const back = new URL(refused.headers.get('location') ?? '')
    expect([refused.status, back.searchParams.get('error'), back.searchParams.get('state')]).toEqual([
      302,
      'access_denied',
      'a b&c',
    ])
  })

  test.each([
    [{ client_id: 'amzn1.application-oa2-client.other' }],
    [{ redirect_uri: 'https://example.com/callback' }],
    [{ redirect_uri: '' }],
  ])('what cannot be trusted is a page and never a redirect: %j', async (change) => {
    const answer = await consent(change)
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
  })
})

describe('tokens', () => {
  test('by code: the four fields; by refresh: the same refresh token, the old access token stays good', async () => {
    const first = await byCode(await codeOf())
    expect(Object.keys(first.json as object).toSorted()).toEqual([
      'access_token',
      'expires_in',
      'refresh_token',
      'token_type',
    ])
    const tokens = first.json as Record<string, string | number>
    expect([tokens['token_type'], tokens['expires_in']]).toEqual(['bearer', 3600])
    expect(String(tokens['access_token']).length).toBeGreaterThanOrEqual(350)
    expect(String(tokens['access_token']).length).toBeLessThanOrEqual(2048)
    for (const json of [false, true]) {
      const again = await token({ grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) }, json)
      expect([again.status, (again.json as typeof tokens)['refresh_token']]).toEqual([200, tokens['refresh_token']])
    }
    const Authorization = `Bearer ${tokens['access_token']}`
    expect((await world.send('GET /amc/accounts', { headers: { Authorization } })).status).toBe(200)
  })

  test('a code works once, for five minutes, with its address and its verifier', async () => {
    const refused = async (answer: Promise<Answer>) => {
      const { status, json } = await answer
      expect([status, json]).toMatchObject([400, { error: 'invalid_grant', error_description: grants.code }])
      expect(keysInOrder(json)).toEqual(['error', 'error_description', 'error_index', 'request_id'])
    }
    const code = await codeOf()
    expect((await byCode(code)).status).toBe(200)
    await refused(byCode(code))
    await refused(byCode(await codeOf(), { redirect_uri: 'http://localhost:9/other' }))
    const late = await codeOf()
    clock = new Date(clock.getTime() + 300_001)
    await refused(byCode(late))
    const challenged = { code_challenge: 'plain-verifier', code_challenge_method: 'plain' }
    await refused(byCode(await codeOf(challenged)))
    await refused(byCode(await codeOf(challenged), { code_verifier: 'another' }))
    expect((await byCode(await codeOf(challenged), { code_verifier: 'plain-verifier' })).status).toBe(200)
  })

  test.each([
    [{ grant_type: 'refresh_token', refresh_token: 'x', client_secret: 'no' }, 401, 'invalid_client'],
    [{ grant_type: 'refresh_token' }, 400, 'invalid_request'],
    [{ grant_type: 'authorization_code', code: 'x' }, 400, 'invalid_request'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [{ grant_type: 'refresh_token', refresh_token: 'Atzr|unknown' }, 400, 'invalid_grant'],
    [{}, 400, 'invalid_request'],
  ])('%j: %i %s', async (fields, status, error) => {
    const answer = await token(fields)
    expect([answer.status, (answer.json as { error: string }).error]).toEqual([status, error])
  })

  test('an access token dies after an hour, a consent after 365 days', async () => {
    const { json } = await byCode(await codeOf())
    const { access_token: access, refresh_token: refresh } = json as Record<string, string>
    const headers = { Authorization: `Bearer ${access}` }
    expect((await world.send('GET /amc/accounts', { headers })).status).toBe(200)
    clock = new Date(clock.getTime() + 3_600_001)
    expect((await world.send('GET /amc/accounts', { headers })).status).toBe(401)
    clock = new Date(clock.getTime() + 364 * 86_400_000)
    expect((await token({ grant_type: 'refresh_token', refresh_token: refresh ?? '' })).status).toBe(200)
    clock = new Date(clock.getTime() + 86_400_000)
    const late = await token({ grant_type: 'refresh_token', refresh_token: refresh ?? '' })
    expect([late.status, (late.json as { error_description: string }).error_description]).toEqual([
      400,
      "The request has an invalid grant parameter : refresh_token. User may have revoked or didn't grant the permission.",
    ])
  })

  test('a revoked grant ends its access tokens too', async () => {
    const { json } = await byCode(await codeOf({ auto_approve: 'cleo' }))
    const { access_token: access, refresh_token: refresh } = json as Record<string, string>
    world.emulator.revoke('cleo')
    const headers = { Authorization: `Bearer ${access}` }
    expect((await world.send('GET /amc/accounts', { headers })).status).toBe(401)
    expect((await token({ grant_type: 'refresh_token', refresh_token: refresh ?? '' })).status).toBe(400)
  })
})

describe('identity', () => {
  const ask = async (operationId: string, url: string, headers: Record<string, string> = {}) => {
    const answer = await answerOf(await fetch(url, { headers }))
    expect(faultsOf(operationId, answer)).toEqual([])
    return answer
  }

  test('the profile, by each way to give the token', async () => {
    const { json } = await byCode(await codeOf())
    const { access_token: access = '' } = json as Record<string, string>
    const profile = {
      user_id: 'amzn1.account.AESANDBOXBEN7KZTNWC3QPH5XJRM',
      email: 'ben@example.com',
      name: 'Ben Adeyemi',
    }
    const { profileUrl } = world.emulator
    for (const [url, headers] of [
      [profileUrl, { Authorization: `Bearer ${access}` }],
      [profileUrl, { 'x-amz-access-token': access }],
      [`${profileUrl}?access_token=${encodeURIComponent(access)}`, {}],
    ] as const)
      expect((await ask('getCustomerProfile', url, headers)).json).toEqual(profile)
    const info = await ask('getTokenInfo', `${world.emulator.tokenUrl}info?access_token=${encodeURIComponent(access)}`)
    expect(info.json).toMatchObject({ aud: world.emulator.clientId, user_id: profile.user_id, exp: 3600 })
    expect(keysInOrder(info.json)).toEqual(['iss', 'user_id', 'aud', 'app_id', 'exp', 'iat'])
  })

  test('no token, an unknown one, and one without the scope are 400', async () => {
    const { json } = await byCode(await codeOf({ scope: 'advertising::campaign_management' }))
    const { access_token: access = '' } = json as Record<string, string>
    const { profileUrl } = world.emulator
    const errors = await Promise.all(
      [{}, { Authorization: 'Bearer Atza|x' }, { Authorization: `Bearer ${access}` }].map(async (headers) => {
        const answer = await ask('getCustomerProfile', profileUrl, headers)
        return [answer.status, (answer.json as { error: string }).error]
      }),
    )
    expect(errors).toEqual([
      [400, 'invalid_token'],
      [400, 'invalid_token'],
      [400, 'insufficient_scope'],
    ])
    expect((await ask('getTokenInfo', `${world.emulator.tokenUrl}info?access_token=x`)).status).toBe(400)
  })

  test('a consent without an advertising scope opens no call of AMC', async () => {
    const { json } = await byCode(await codeOf({ scope: 'profile' }))
    const { access_token: access } = json as Record<string, string>
    expect((await world.send('GET /amc/accounts', { headers: { Authorization: `Bearer ${access}` } })).status).toBe(403)
  })
})
