import { setTimeout as wait } from 'node:timers/promises'
import { LwaError } from '@recomamp/amc-client'
import type { ConnectionId, Provider, Region } from '@recomamp/contracts'
import { recordEvent } from '#features/events/index.ts'
import { FernetFault } from '#platform/crypto/fernet.ts'
import { type EncryptedToken, PlainToken, decryptToken, encryptToken } from '#platform/crypto/tokens.ts'
import type { Db } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Log } from '#platform/log/log.ts'
import { later, minutes, seconds } from '#platform/time.ts'
import type { Providers } from './providers.ts'

/** The person has to sign in with Amazon again; nothing was deleted. */
export class NeedsReconnect extends Error {
  override readonly name = 'NeedsReconnect'

  constructor(options?: ErrorOptions) {
    super('The connection to Amazon needs a new sign-in', options)
  }
}

/** The one place that turns stored tokens into usable ones: decrypts at call time, renews one at a time over all processes. */
export interface TokenBroker {
  /** A token that is valid for a minute at least; throws NeedsReconnect, or an LwaError when Amazon does not answer. */
  current(connectionId: ConnectionId): Promise<string>
  /** A token other than the one that Amazon has just refused. */
  renew(connectionId: ConnectionId, stale: string): Promise<string>
  /** Renews the tokens that expire within the time, connection by connection; one that fails leaves the rest untouched. */
  renewExpiring(withinMs: number, signal: AbortSignal): Promise<void>
}

interface BrokerParts {
  readonly db: Db
  readonly fernetKeys: readonly string[]
  readonly providers: Providers
  readonly log: Log
  readonly now: () => Date
}

/** Less than that is left: the token could expire on its way. */
const usableFor = minutes(1)
/** Longer than Login with Amazon's time-out of 15 s, so that a live holder is never overtaken. */
const refreshLease = seconds(20)
const leaseCheckEvery = 50

export function createTokenBroker(parts: BrokerParts): TokenBroker {
  /** Callers of one process share a renewal; the lease is for the other processes. */
  const renewals = new Map<ConnectionId, Promise<string>>()

  async function renewOnce(connectionId: ConnectionId, stale: string | null, usableMs: number): Promise<string> {
    const running = renewals.get(connectionId)
    if (running !== undefined) {
      const token = await running
      if (token !== stale) return token
    }
    const renewal = renewUnderLease(parts, connectionId, stale, usableMs).finally(() => {
      if (renewals.get(connectionId) === renewal) renewals.delete(connectionId)
    })
    renewals.set(connectionId, renewal)
    return renewal
  }

  return {
    async current(connectionId) {
      const stored = await readTokens(parts, connectionId)
      if (later(parts.now(), usableFor) < stored.expiresAt) return open(parts, connectionId, stored.access)
      return renewOnce(connectionId, null, usableFor)
    },
    renew: (connectionId, stale) => renewOnce(connectionId, stale, 0),
    async renewExpiring(withinMs, signal) {
      const due = await parts.db
        .selectFrom('connections')
        .where('health', '=', 'healthy')
        .where('access_token_expires_at', '<=', later(parts.now(), withinMs))
        .orderBy('access_token_expires_at')
        .select('id')
        .execute()
      for (const { id } of due) {
        if (signal.aborted) return
        try {
          await renewOnce(id, null, withinMs)
        } catch (error) {
          parts.log.warn({ err: error, connectionId: id }, 'a token was not renewed')
        }
      }
    },
  }
}

/** Asks Amazon for a new token, or takes over the one that another process has just been given. */
async function renewUnderLease(
  parts: BrokerParts,
  connectionId: ConnectionId,
  stale: string | null,
  usableMs: number,
): Promise<string> {
  for (let waited = 0; waited <= 2 * refreshLease; waited += leaseCheckEvery) {
    const stored = await readTokens(parts, connectionId)
    const isUsable = later(parts.now(), usableMs) < stored.expiresAt
    if (isUsable && stale === null) return open(parts, connectionId, stored.access)
    // A token that cannot be read any more does not stand in the way of a new one.
    if (isUsable && stale !== null && decryptOrNull(parts, stored.access) !== stale)
      return open(parts, connectionId, stored.access)
    const leaseUntil = later(parts.now(), refreshLease)
    const claimed = await parts.db
      .updateTable('connections')
      .where('id', '=', connectionId)
      .where('access_token_encrypted', '=', stored.access)
      .where((eb) => eb.or([eb('refresh_lease_until', 'is', null), eb('refresh_lease_until', '<=', parts.now())]))
      .set({ refresh_lease_until: leaseUntil })
      .returning(['refresh_token_encrypted', 'provider', 'region'])
      .executeTakeFirst()
    if (claimed !== undefined) return refresh(parts, { id: connectionId, leaseUntil, ...claimed })
    await wait(leaseCheckEvery)
  }
  throw new LwaError('unavailable', 'token', { description: 'another process holds the renewal for too long' })
}

interface ClaimedConnection {
  readonly id: ConnectionId
  readonly leaseUntil: Date
  readonly refresh_token_encrypted: EncryptedToken
  readonly provider: Provider
  readonly region: Region
}

async function refresh(parts: BrokerParts, connection: ClaimedConnection): Promise<string> {
  try {
    const lwa = parts.providers.lwa(connection.provider, connection.region)
    if (lwa === null)
      throw new LwaError('invalid-client', 'token', { description: `${connection.provider} is not configured here` })
    const tokens = await lwa.refresh(await open(parts, connection.id, connection.refresh_token_encrypted))
    const now = parts.now()
    const access = PlainToken.parse(tokens.accessToken)
    await parts.db
      .updateTable('connections')
      .where('id', '=', connection.id)
      // A sign-in during the renewal has cleared the lease and brought newer tokens, which stay.
      .where('refresh_lease_until', '=', connection.leaseUntil)
      .set({
        access_token_encrypted: encryptToken(access, parts.fernetKeys, now),
        access_token_expires_at: later(now, seconds(tokens.expiresInSeconds)),
        refresh_lease_until: null,
        updated_at: now,
        ...(tokens.refreshToken === null
          ? {}
          : {
              refresh_token_encrypted: encryptToken(PlainToken.parse(tokens.refreshToken), parts.fernetKeys, now),
            }),
      })
      .execute()
    return access
  } catch (error) {
    if (error instanceof LwaError && error.kind === 'invalid-grant') {
      await markBroken(parts, connection.id, connection.refresh_token_encrypted)
      throw new NeedsReconnect({ cause: error })
    }
    await parts.db
      .updateTable('connections')
      .where('id', '=', connection.id)
      .where('refresh_lease_until', '=', connection.leaseUntil)
      .set({ refresh_lease_until: null })
      .execute()
    throw error
  }
}

interface StoredTokens {
  readonly access: EncryptedToken
  readonly expiresAt: Date
}

async function readTokens({ db }: BrokerParts, connectionId: ConnectionId): Promise<StoredTokens> {
  const row = await db
    .selectFrom('connections')
    .where('id', '=', connectionId)
    .select(['access_token_encrypted', 'access_token_expires_at', 'health'])
    .executeTakeFirst()
  if (row === undefined || row.health === 'needs-reconnect') throw new NeedsReconnect()
  return { access: row.access_token_encrypted, expiresAt: row.access_token_expires_at }
}

/** Decrypts; what cannot be decrypted stays stored, and the connection asks for a new sign-in (F-30). */
async function open(parts: BrokerParts, connectionId: ConnectionId, token: EncryptedToken): Promise<PlainToken> {
  try {
    return decryptToken(token, parts.fernetKeys)
  } catch (error) {
    if (!(error instanceof FernetFault)) throw error
    parts.log.error({ connectionId, reason: error.message }, 'a stored token cannot be decrypted')
    await markBroken(parts, connectionId, token)
    throw new NeedsReconnect({ cause: error })
  }
}

function decryptOrNull(parts: BrokerParts, token: EncryptedToken): PlainToken | null {
  try {
    return decryptToken(token, parts.fernetKeys)
  } catch {
    return null
  }
}

/** `token` is the stored one that does not serve any more: a sign-in meanwhile has brought others, and is not undone. */
async function markBroken(parts: BrokerParts, connectionId: ConnectionId, token: EncryptedToken): Promise<void> {
  const now = parts.now()
  await inTransaction(parts.db, async (tx) => {
    const changed = await tx
      .updateTable('connections')
      .where('id', '=', connectionId)
      .where('health', '=', 'healthy')
      .where((eb) => eb.or([eb('refresh_token_encrypted', '=', token), eb('access_token_encrypted', '=', token)]))
      .set({ health: 'needs-reconnect', refresh_lease_until: null, updated_at: now })
      .returning('workspace_id')
      .executeTakeFirst()
    if (changed !== undefined)
      await recordEvent(tx, changed.workspace_id, { type: 'connection-changed', connectionId }, now)
  })
}
