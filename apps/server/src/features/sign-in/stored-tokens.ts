import type { ConnectionId } from '@recomamp/contracts'
import { FernetFault } from '#platform/crypto/fernet.ts'
import { type EncryptedToken, type PlainToken, decryptToken } from '#platform/crypto/tokens.ts'
import type { Db } from '#platform/db/tables.ts'
import type { Log } from '#platform/log/log.ts'
import type { Metrics } from '#platform/metrics/metrics.ts'
import { markBroken, markReadable } from './connection-health.ts'
import { NeedsReconnect } from './needs-reconnect.ts'
import type { Providers } from './providers.ts'

export interface BrokerParts {
  readonly db: Db
  readonly fernetKeys: readonly string[]
  readonly providers: Providers
  readonly log: Log
  readonly metrics: Metrics
  readonly now: () => Date
}

export interface StoredTokens {
  readonly access: EncryptedToken
  readonly expiresAt: Date
}

/** The stored access token of a connection that works; throws NeedsReconnect. One that could not be read for want of its key is
 *  tried again, so that a key that was missing for a while costs nobody a sign-in (F-30). */
export async function readTokens(parts: BrokerParts, id: ConnectionId): Promise<StoredTokens> {
  const row = await parts.db
    .selectFrom('connections')
    .where('id', '=', id)
    .select(['access_token_encrypted', 'access_token_expires_at', 'refresh_token_encrypted', 'reconnect_reason'])
    .executeTakeFirst()
  if (row === undefined || row.reconnect_reason === 'revoked') throw new NeedsReconnect()
  const { access_token_encrypted: access, refresh_token_encrypted: token } = row
  if (access === null || token === null) throw new NeedsReconnect()
  if (row.reconnect_reason === 'unreadable') {
    if (decryptOrNull(parts, token) === null) throw new NeedsReconnect()
    await markReadable(parts.db, { id, token }, parts.now())
  }
  return { access, expiresAt: row.access_token_expires_at }
}

/** Decrypts a refresh token; what cannot be decrypted stays stored, and the connection asks for a new sign-in (F-30). */
export async function openRefreshToken(
  parts: BrokerParts,
  id: ConnectionId,
  token: EncryptedToken,
): Promise<PlainToken> {
  try {
    return decryptToken(token, parts.fernetKeys)
  } catch (error) {
    if (!(error instanceof FernetFault)) throw error
    parts.log.error({ connectionId: id, reason: error.message }, 'a stored token cannot be decrypted')
    await markBroken(parts.db, { id, token, reason: 'unreadable' }, parts.now())
    throw new NeedsReconnect({ cause: error })
  }
}

/** Null for a token that no key of this server opens. */
export function decryptOrNull(parts: BrokerParts, token: EncryptedToken): PlainToken | null {
  try {
    return decryptToken(token, parts.fernetKeys)
  } catch (error) {
    if (error instanceof FernetFault) return null
    throw error
  }
}
