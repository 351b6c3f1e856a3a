import { createHash, randomBytes } from 'node:crypto'
import { CustomerProfile, TokenAnswer, TokenRefusal } from '@recomamp/amc-wire'
import { retryAfterOf } from './answer.ts'
import { BodyTooLarge, textOf } from './body-text.ts'
import { LwaError } from './lwa-error.ts'
import { reasonOf } from './send.ts'

export interface LwaClientOptions {
  authorizeUrl: string
  tokenUrl: string
  profileUrl: string
  clientId: string
  clientSecret: string
  fetch?: typeof fetch
  timeoutMs?: number
}

export interface LwaTokens {
  accessToken: string
  /** Null when a refresh did not repeat it: the one that was sent stays valid. */
  refreshToken: string | null
  /** Of the access token; a day at most. */
  expiresInSeconds: number
}

export interface LwaProfile {
  /** The identity; e-mail and name are data that may be missing and may change. */
  userId: string
  email: string | null
  name: string | null
}

/** Login with Amazon: authorization code with PKCE (S256), refresh, profile. Every failure is an LwaError. */
export interface LwaClient {
  /** The address to send the browser to. */
  authorizationUrl(request: {
    state: string
    redirectUri: string
    codeChallenge: string
    scopes: readonly string[]
  }): string
  exchangeCode(
    grant: { code: string; redirectUri: string; codeVerifier: string },
    options?: { signal?: AbortSignal },
  ): Promise<LwaTokens>
  refresh(refreshToken: string, options?: { signal?: AbortSignal }): Promise<LwaTokens>
  profile(accessToken: string, options?: { signal?: AbortSignal }): Promise<LwaProfile>
}

/** A fresh PKCE pair (RFC 7636, S256): the verifier stays here until the code is exchanged, the challenge goes with the browser. */
export function createPkcePair(): { codeVerifier: string; codeChallenge: string } {
  const codeVerifier = randomBytes(32).toString('base64url')
  return { codeVerifier, codeChallenge: codeChallengeOf(codeVerifier) }
}

/** The S256 challenge of a verifier. */
export function codeChallengeOf(codeVerifier: string): string {
  return createHash('sha256').update(codeVerifier).digest('base64url')
}

export function createLwaClient(options: LwaClientOptions): LwaClient {
  const grant = async (fields: Record<string, string>, signal: AbortSignal | undefined): Promise<LwaTokens> => {
    const answer = await ask(options, 'token', options.tokenUrl, signal, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        ...fields,
        client_id: options.clientId,
        client_secret: options.clientSecret,
      }).toString(),
    })
    const tokens = read(TokenAnswer, 'token', answer)
    // Both travel in headers and forms of later calls; whatever else came in their place must not take a good token's.
    if (!isToken(tokens.access_token))
      throw new LwaError('unreadable', 'token', { status: answer.status, description: 'no access token' })
    return {
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token !== null && isToken(tokens.refresh_token) ? tokens.refresh_token : null,
      expiresInSeconds: Math.min(tokens.expires_in, longestLife),
    }
  }
  return {
    authorizationUrl: ({ state, redirectUri, codeChallenge, scopes }) => {
      const url = new URL(options.authorizeUrl)
      url.searchParams.set('client_id', options.clientId)
      url.searchParams.set('scope', scopes.join(' '))
      url.searchParams.set('response_type', 'code')
      url.searchParams.set('redirect_uri', redirectUri)
      url.searchParams.set('state', state)
      url.searchParams.set('code_challenge', codeChallenge)
      url.searchParams.set('code_challenge_method', 'S256')
      // Amazon separates scopes by %20, which the form encoding of URLSearchParams would write as a plus.
      return url.toString().replace(/\+/g, '%20')
    },
    exchangeCode: ({ code, redirectUri, codeVerifier }, o) =>
      grant(
        { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: codeVerifier },
        o?.signal,
      ),
    refresh: (refreshToken, o) => grant({ grant_type: 'refresh_token', refresh_token: refreshToken }, o?.signal),
    profile: async (accessToken, o) => {
      const answer = await ask(options, 'profile', options.profileUrl, o?.signal, {
        headers: { authorization: `Bearer ${accessToken}` },
      })
      const profile = read(CustomerProfile, 'profile', answer)
      return { userId: profile.user_id, email: profile.email, name: profile.name }
    },
  }
}

/** Amazon documents an hour; anything much longer is a mistake that would keep a token from being renewed. */
const longestLife = 86_400
/** Amazon documents 2048 bytes at most. */
const longestToken = 16_384
/** Far more than tokens and a profile take. */
const longestAnswer = 1_000_000

function isToken(text: string): boolean {
  return text.length <= longestToken && /^[!-~]+$/.test(text)
}

interface LwaAnswer {
  status: number
  headers: Headers
  body: string
}

async function ask(
  options: LwaClientOptions,
  operation: string,
  url: string,
  signal: AbortSignal | undefined,
  init: RequestInit,
): Promise<LwaAnswer> {
  const limit = AbortSignal.timeout(options.timeoutMs ?? 15_000)
  try {
    const answer = await (options.fetch ?? fetch)(url, {
      ...init,
      redirect: 'error',
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    })
    return { status: answer.status, headers: answer.headers, body: await textOf(answer, longestAnswer) }
  } catch (cause) {
    if (cause instanceof BodyTooLarge)
      throw new LwaError('unreadable', operation, { description: cause.message, cause })
    throw new LwaError('unavailable', operation, { description: reasonOf(cause), cause })
  }
}

function read<T>(schema: { parse(value: unknown): T }, operation: string, answer: LwaAnswer): T {
  const { status } = answer
  const json = parsedJson(answer.body)
  if (status < 200 || status > 299) throw refusal(operation, answer, json)
  try {
    return schema.parse(json)
  } catch (cause) {
    const requestId = requestIdOf(answer, null)
    throw new LwaError('unreadable', operation, {
      status,
      requestId,
      description: 'the answer has another form',
      cause,
    })
  }
}

function requestIdOf({ headers }: LwaAnswer, inBody: string | null): string | null {
  return headers.get('x-amzn-requestid') ?? headers.get('x-amz-rid') ?? inBody
}

function refusal(operation: string, answer: LwaAnswer, json: unknown): LwaError {
  const { status } = answer
  const said = TokenRefusal.safeParse(json)
  const facts = {
    status,
    description: said.success ? said.data.error_description : null,
    error: said.success ? said.data.error : null,
    requestId: requestIdOf(answer, said.success ? said.data.request_id : null),
    retryAfterMs: retryAfterOf(answer.headers.get('retry-after'), new Date()),
  }
  if (status === 429 || status >= 500) return new LwaError('unavailable', operation, facts)
  // The one word that ends a grant counts only with the status that it was seen with.
  if (facts.error === 'invalid_grant' && status === 400) return new LwaError('invalid-grant', operation, facts)
  if (facts.error === 'invalid_client' || facts.error === 'unauthorized_client')
    return new LwaError('invalid-client', operation, facts)
  if (operation === 'profile') return new LwaError('profile-refused', operation, facts)
  return new LwaError('refused', operation, facts)
}

function parsedJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
