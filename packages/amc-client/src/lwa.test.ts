import { describe, expect, test } from 'vitest'
import { LwaError } from './lwa-error.ts'
import { codeChallengeOf, createLwaClient, createPkcePair } from './lwa.ts'

function client(answer: (url: string, init: RequestInit) => Response | Promise<Response>) {
  return createLwaClient({
    authorizeUrl: 'https://www.amazon.com/ap/oa',
    tokenUrl: 'https://api.amazon.com/auth/o2/token',
    profileUrl: 'https://api.amazon.com/user/profile',
    clientId: 'amzn1.application-oa2-client.x',
    clientSecret: 'shh',
    fetch: async (url, init = {}) => answer(url instanceof Request ? url.url : url.toString(), init),
  })
}

const refused = (status: number, body: unknown) => client(() => new Response(JSON.stringify(body), { status }))

async function errorOf(work: Promise<unknown>): Promise<LwaError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(LwaError)
  return error as LwaError
}

test('the consent address carries state and challenge, scopes apart by %20', () => {
  const url = client(() => new Response()).authorizationUrl({
    state: 's+1',
    redirectUri: 'http://localhost:8001/api/auth/callback',
    codeChallenge: 'c',
    scopes: ['profile', 'advertising::campaign_management'],
  })
  expect(url).toContain('scope=profile%20advertising%3A%3Acampaign_management&')
  expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
    client_id: 'amzn1.application-oa2-client.x',
    scope: 'profile advertising::campaign_management',
    response_type: 'code',
    redirect_uri: 'http://localhost:8001/api/auth/callback',
    state: 's+1',
    code_challenge: 'c',
    code_challenge_method: 'S256',
  })
})

test('the challenge is that of RFC 7636, appendix B, and a pair fits together', () => {
  expect(codeChallengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  )
  const { codeVerifier, codeChallenge } = createPkcePair()
  expect(codeVerifier).toMatch(/^[\w-]{43}$/)
  expect(codeChallengeOf(codeVerifier)).toBe(codeChallenge)
})

test('a code is exchanged by a form', async () => {
  let form: Record<string, string> = {}
  const lwa = client((_url, init) => {
    form = Object.fromEntries(new URLSearchParams(typeof init.body === 'string' ? init.body : ''))
    return Response.json({ access_token: 'Atza|a', refresh_token: 'Atzr|r', token_type: 'bearer', expires_in: 3600 })
  })
  const tokens = await lwa.exchangeCode({ code: 'c', redirectUri: 'http://localhost/x', codeVerifier: 'v' })
  expect(tokens).toEqual({ accessToken: 'Atza|a', refreshToken: 'Atzr|r', expiresInSeconds: 3600 })
  expect(form).toEqual({
    grant_type: 'authorization_code',
    code: 'c',
    redirect_uri: 'http://localhost/x',
    code_verifier: 'v',
    client_id: 'amzn1.application-oa2-client.x',
    client_secret: 'shh',
  })
})

test('a refresh that does not repeat the refresh token leaves it null', async () => {
  const lwa = client(() => Response.json({ access_token: 'Atza|a', token_type: 'bearer', expires_in: '3600' }))
  expect(await lwa.refresh('Atzr|r')).toEqual({ accessToken: 'Atza|a', refreshToken: null, expiresInSeconds: 3600 })
})

test('what is no token never takes the place of one', async () => {
  const answer = (tokens: object) =>
    client(() => Response.json({ token_type: 'bearer', expires_in: 3600, access_token: 'Atza|a', ...tokens })).refresh(
      'r',
    )
  for (const refresh_token of ['two\nlines', '<html>oh no</html> ', 'x'.repeat(20_000), 7])
    expect((await answer({ refresh_token })).refreshToken).toBeNull()
  for (const access_token of ['two\nlines', '', 'x'.repeat(20_000)])
    expect((await errorOf(answer({ access_token }))).kind).toBe('unreadable')
  expect((await answer({ expires_in: 1e300 })).expiresInSeconds).toBe(86_400)
})

test('an endless answer is given up', async () => {
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(100_000)) })
  expect((await errorOf(client(() => new Response(endless)).refresh('r'))).kind).toBe('unreadable')
})

describe('refusals', () => {
  test.each([
    [400, { error: 'invalid_grant', error_description: 'x' }, 'invalid-grant'],
    [401, { error: 'invalid_client', error_description: 'Client authentication failed' }, 'invalid-client'],
    [200, { error: 'invalid_grant' }, 'unreadable'],
    [404, { error: 'invalid_grant' }, 'refused'],
    [400, { error: 'invalid_request' }, 'refused'],
    [400, { error: 'unsupported_grant_type' }, 'refused'],
    [429, {}, 'unavailable'],
    [503, { error: 'invalid_grant' }, 'unavailable'],
  ])('%i %j: %s', async (status, body, kind) => {
    expect((await errorOf(refused(status, body).refresh('Atzr|secret'))).kind).toBe(kind)
  })

  test('Retry-After and the request id are kept', async () => {
    const headers = { 'retry-after': '7', 'x-amzn-requestid': 'R1' }
    const error = await errorOf(client(() => new Response('', { status: 429, headers })).refresh('r'))
    expect(error).toMatchObject({ retryAfterMs: 7000, requestId: 'R1' })
    expect(await errorOf(refused(400, { error: 'invalid_grant', request_id: 'R2' }).refresh('r'))).toMatchObject({
      requestId: 'R2',
    })
  })

  test('no answer is unavailable, and the error carries no token', async () => {
    const error = await errorOf(client(() => Promise.reject(new TypeError('fetch failed'))).refresh('Atzr|secret'))
    expect(error.kind).toBe('unavailable')
    expect(`${error.message} ${error.stack}`).not.toContain('secret')
  })

  test('an answer of another form is unreadable', async () => {
    expect((await errorOf(refused(200, { token: 'x' }).refresh('r'))).kind).toBe('unreadable')
  })

  test('a profile without consent is told apart', async () => {
    expect((await errorOf(refused(400, { error: 'insufficient_scope' }).profile('a'))).kind).toBe('profile-refused')
  })
})

test('the profile may lack e-mail and name', async () => {
  expect(await client(() => Response.json({ user_id: 'amzn1.account.X' })).profile('Atza|a')).toEqual({
    userId: 'amzn1.account.X',
    email: null,
    name: null,
  })
})
