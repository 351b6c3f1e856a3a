import { setTimeout as wait } from 'node:timers/promises'
import { type LwaClient, LwaError, type LwaTokens } from '@recomamp/amc-client'
import type { ConnectionId, Provider, Region } from '@recomamp/contracts'
import { type EncryptedToken, PlainToken, encryptToken } from '#platform/crypto/tokens.ts'
import { later, seconds } from '#platform/time.ts'
import { wordsForFault } from './amazon-fault.ts'
import { markBroken, noteCheck } from './connection-health.ts'
import { NeedsReconnect } from './needs-reconnect.ts'
import { type BrokerParts, decryptOrNull, openRefreshToken, readTokens } from './stored-tokens.ts'

/** Of one renewal, also where it tries a second token. */
const refreshLimit = seconds(15)
/** Longer than that, so that a live holder is never overtaken. */
const refreshLease = seconds(20)
const leaseCheckEvery = 50

/** Asks Amazon for a new token, or takes over the one that another process has just been given: whatever is valid for `usableMs`
 *  and is not `stale`. */
export async function renewUnderLease(
  parts: BrokerParts,
  connectionId: ConnectionId,
  stale: string | null,
  usableMs: number,
): Promise<string> {
  for (let waited = 0; waited <= 2 * refreshLease; waited += leaseCheckEvery) {
    const stored = await readTokens(parts, connectionId)
    // A token that cannot be read any more does not stand in the way of a new one.
    const access = decryptOrNull(parts, stored.access)
    if (access !== null && access !== stale && later(parts.now(), usableMs) < stored.expiresAt) return access
    const leaseUntil = later(parts.now(), refreshLease)
    const claimed = await parts.db
      .updateTable('connections')
      .where('id', '=', connectionId)
      .where('access_token_encrypted', '=', stored.access)
      .where((eb) => eb.or([eb('refresh_lease_until', 'is', null), eb('refresh_lease_until', '<=', parts.now())]))
      .set({ refresh_lease_until: leaseUntil })
      .returning(['refresh_token_encrypted', 'previous_refresh_token_encrypted', 'provider', 'region', 'check_error'])
      .executeTakeFirst()
    if (claimed !== undefined) {
      const { refresh_token_encrypted: token } = claimed
      if (token === null) throw new NeedsReconnect()
      return refresh(parts, { id: connectionId, leaseUntil, ...claimed, refresh_token_encrypted: token })
    }
    await wait(leaseCheckEvery)
  }
  throw new LwaError('unavailable', 'token', { description: 'another process holds the renewal for too long' })
}

interface ClaimedConnection {
  readonly id: ConnectionId
  readonly leaseUntil: Date
  readonly refresh_token_encrypted: EncryptedToken
  readonly previous_refresh_token_encrypted: EncryptedToken | null
  readonly provider: Provider
  readonly region: Region
  readonly check_error: string | null
}

async function refresh(parts: BrokerParts, connection: ClaimedConnection): Promise<string> {
  const { provider } = connection
  try {
    const token = await refreshUnderLease(parts, connection)
    parts.metrics.tokenRefreshes.inc({ provider, outcome: 'renewed' })
    return token
  } catch (error) {
    const cause = error instanceof NeedsReconnect ? error.cause : error
    const outcome = cause instanceof LwaError ? cause.kind : error instanceof NeedsReconnect ? 'unreadable' : 'failed'
    parts.metrics.tokenRefreshes.inc({ provider, outcome })
    throw error
  }
}

async function refreshUnderLease(parts: BrokerParts, connection: ClaimedConnection): Promise<string> {
  const { id, leaseUntil } = connection
  try {
    const lwa = parts.providers.lwa(connection.provider, connection.region)
    if (lwa === null)
      throw new LwaError('invalid-client', 'token', { description: `${connection.provider} is not configured here` })
    const { used, tokens } = await exchange(parts, lwa, connection)
    await keep(parts, connection, used, tokens)
    if (connection.check_error !== null) await noteCheck(parts.db, id, null, parts.now())
    return tokens.accessToken
  } catch (error) {
    if (error instanceof LwaError && error.kind === 'invalid-grant') {
      parts.log.warn({ err: error, connectionId: id }, 'Amazon no longer accepts the grant of a connection')
      await markBroken(parts.db, { id, token: connection.refresh_token_encrypted, reason: 'revoked' }, parts.now())
      throw new NeedsReconnect({ cause: error })
    }
    await parts.db
      .updateTable('connections')
      .where('id', '=', id)
      .where('refresh_lease_until', '=', leaseUntil)
      .set({ refresh_lease_until: null })
      .execute()
    if (error instanceof LwaError) await noteCheck(parts.db, id, wordsForFault(error), parts.now())
    throw error
  }
}

/** Amazon's new tokens, and the refresh token that it took: a rotated one that it refuses leads back to the one before it. */
async function exchange(parts: BrokerParts, lwa: LwaClient, connection: ClaimedConnection) {
  const refreshToken = await openRefreshToken(parts, connection.id, connection.refresh_token_encrypted)
  const previous = connection.previous_refresh_token_encrypted
  const signal = AbortSignal.timeout(refreshLimit)
  try {
    return { used: refreshToken, tokens: await lwa.refresh(refreshToken, { signal }) }
  } catch (error) {
    const before = previous === null ? null : decryptOrNull(parts, previous)
    if (before === null || !(error instanceof LwaError) || error.kind !== 'invalid-grant') throw error
    return { used: before, tokens: await lwa.refresh(before, { signal }) }
  }
}

/** Stores new tokens in one statement: a rotated refresh token never without its access token, and never without the one that it replaces. */
async function keep(
  parts: BrokerParts,
  connection: ClaimedConnection,
  used: PlainToken,
  tokens: LwaTokens,
): Promise<void> {
  const now = parts.now()
  const encrypted = (token: string) => encryptToken(PlainToken.parse(token), parts.fernetKeys, now)
  const rotated = tokens.refreshToken !== null && tokens.refreshToken !== used ? tokens.refreshToken : null
  await parts.db
    .updateTable('connections')
    .where('id', '=', connection.id)
    // A sign-in during the renewal has cleared the lease and brought newer tokens, which stay.
    .where('refresh_lease_until', '=', connection.leaseUntil)
    .set({
      access_token_encrypted: encrypted(tokens.accessToken),
      access_token_expires_at: later(now, seconds(tokens.expiresInSeconds)),
      refresh_token_encrypted: encrypted(rotated ?? used),
      previous_refresh_token_encrypted: rotated === null ? null : encrypted(used),
      refresh_lease_until: null,
      checked_at: now,
      updated_at: now,
    })
    .execute()
}
