import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from './open-state.ts'

/** Five minutes, as documented. */
const codeLifeMs = 300_000

export interface CodeRequest {
  person: string
  scope: string
  redirectUri: string
  challenge: string | null
  challengeMethod: string | null
}

/** Makes a code for one use within five minutes. */
export function issueCode(db: DatabaseSync, request: CodeRequest, now: Date): string {
  const code = `ANt${randomBytes(12).toString('hex')}`
  db.prepare(
    'insert into codes (code, person, scope, redirect_uri, challenge, challenge_method, expires_at) values (?, ?, ?, ?, ?, ?, ?)',
  ).run(
    code,
    request.person,
    request.scope,
    request.redirectUri,
    request.challenge,
    request.challengeMethod,
    now.getTime() + codeLifeMs,
  )
  return code
}

/** Takes a code: null when it is unknown, used or late. It is used up even when the rest of the exchange is then refused. */
export function takeCode(db: DatabaseSync, code: string, now: Date): CodeRequest | null {
  const row = db
    .prepare('update codes set used = 1 where code = ? and used = 0 and expires_at > ? returning *')
    .get(code, now.getTime())
  if (row === undefined) return null
  return {
    person: String(row['person']),
    scope: String(row['scope']),
    redirectUri: String(row['redirect_uri']),
    challenge: row['challenge'] === null ? null : String(row['challenge']),
    challengeMethod: row['challenge_method'] === null ? null : String(row['challenge_method']),
  }
}

/** Records a consent and gives its refresh token. */
export function addGrant(db: DatabaseSync, person: string, scope: string, now: Date): string {
  const refreshToken = `Atzr|${randomBytes(270).toString('base64url')}`
  db.prepare('insert into grants (refresh_token, person, scope, consented_at) values (?, ?, ?, ?)').run(
    refreshToken,
    person,
    scope,
    now.getTime(),
  )
  return refreshToken
}

/** Consents from this day on live for 365 days, older ones until they are revoked (Amazon's page on refresh tokens of 2026). */
const consentsExpireSince = Date.parse('2026-07-30T00:00:00Z')
const consentLifeMs = 365 * 86_400_000

/** True when the refresh token is known, was not revoked and is not too old. */
export function grantStands(db: DatabaseSync, refreshToken: string, now: Date): boolean {
  const row = db.prepare('select consented_at from grants where refresh_token = ? and revoked = 0').get(refreshToken)
  if (row === undefined) return false
  const consentedAt = Number(row['consented_at'])
  return consentedAt < consentsExpireSince || now.getTime() < consentedAt + consentLifeMs
}

/** Ends every grant of a person, as if they had removed the app at Amazon; their access tokens stop too. */
export function revokeGrants(db: DatabaseSync, person: string): void {
  db.prepare('update grants set revoked = 1 where person = ?').run(person)
}

/** Ends access tokens before their time, one or all; the grants behind them stand. */
export function expireAccessTokens(db: DatabaseSync, token?: string): void {
  if (token === undefined) db.exec('update access_tokens set expires_at = 0')
  else db.prepare('update access_tokens set expires_at = 0 where token = ?').run(token)
}

/** An access token of at least 350 characters under a grant; those that have expired are dropped by the way. */
export function issueAccessToken(db: DatabaseSync, refreshToken: string, seconds: number, now: Date): string {
  const token = `Atza|${randomBytes(270).toString('base64url')}`
  inTransaction(db, () => {
    db.prepare('delete from access_tokens where expires_at < ?').run(now.getTime() - 86_400_000)
    db.prepare('insert into access_tokens (token, refresh_token, expires_at, issued_at) values (?, ?, ?, ?)').run(
      token,
      refreshToken,
      now.getTime() + seconds * 1000,
      now.getTime(),
    )
  })
  return token
}

export interface Bearer {
  person: string
  scopes: string[]
  issuedAt: number
  expiresAt: number
}

/** Whose access token this is; null when unknown, expired or revoked. */
export function bearerOf(db: DatabaseSync, token: string, now: Date): Bearer | null {
  const row = db
    .prepare(
      `select g.person, g.scope, a.issued_at, a.expires_at from access_tokens a join grants g using (refresh_token)
       where a.token = ? and a.expires_at > ? and g.revoked = 0`,
    )
    .get(token, now.getTime())
  if (row === undefined) return null
  return {
    person: String(row['person']),
    scopes: String(row['scope']).split(/\s+/),
    issuedAt: Number(row['issued_at']),
    expiresAt: Number(row['expires_at']),
  }
}

/** The person whose grant an access token stands on, expired or not. */
export function holderOf(db: DatabaseSync, token: string): string | null {
  const row = db
    .prepare('select g.person from access_tokens a join grants g using (refresh_token) where a.token = ?')
    .get(token)
  return row === undefined ? null : String(row['person'])
}
