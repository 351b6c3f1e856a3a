import type { ConnectionId } from '@recomamp/contracts'
import { inLanes } from '#platform/jobs/lanes.ts'
import { later, minutes, seconds } from '#platform/time.ts'
import { NeedsReconnect } from './needs-reconnect.ts'
import { createRenewalPauses } from './renewal-pauses.ts'
import { renewUnderLease } from './renew-token.ts'
import { type BrokerParts, decryptOrNull, readTokens } from './stored-tokens.ts'

/** The one place that turns stored tokens into usable ones: decrypts at call time, renews one at a time over all processes. */
export interface TokenBroker {
  /** A token that is valid for a minute at least; throws NeedsReconnect, or an LwaError when Amazon does not answer. */
  current(connectionId: ConnectionId): Promise<string>
  /** A token other than the one that Amazon has just refused. */
  renew(connectionId: ConnectionId, stale: string): Promise<string>
  /** Renews the tokens that expire within the time, of connected people only; one that fails leaves the rest untouched. */
  renewExpiring(withinMs: number, signal: AbortSignal): Promise<void>
}

/** Less than that is left: the token could expire on its way. */
const usableFor = minutes(1)
/** Connections that are renewed side by side: one that hangs holds up nobody else's. */
const lanes = 4

export function createTokenBroker(parts: BrokerParts): TokenBroker {
  /** Callers of one process share a renewal; the lease is for the other processes. */
  const renewals = new Map<ConnectionId, Promise<string>>()
  const pauses = createRenewalPauses()

  async function renewOnce(connectionId: ConnectionId, stale: string | null, usableMs: number): Promise<string> {
    for (let running = renewals.get(connectionId); running !== undefined; running = renewals.get(connectionId)) {
      const token = await running
      if (token !== stale) return token
    }
    const renewal = renewNow(connectionId, stale, usableMs).finally(() => {
      if (renewals.get(connectionId) === renewal) renewals.delete(connectionId)
    })
    renewals.set(connectionId, renewal)
    return renewal
  }

  async function renewNow(connectionId: ConnectionId, stale: string | null, usableMs: number): Promise<string> {
    pauses.demandNone(connectionId, parts.now())
    try {
      const token = await renewUnderLease(parts, connectionId, stale, usableMs)
      pauses.succeeded(connectionId)
      return token
    } catch (error) {
      pauses.failed(connectionId, error, parts.now())
      throw error
    }
  }

  return {
    async current(connectionId) {
      const stored = await readTokens(parts, connectionId)
      const access = later(parts.now(), usableFor) < stored.expiresAt ? decryptOrNull(parts, stored.access) : null
      return access ?? renewOnce(connectionId, null, usableFor)
    },
    renew: (connectionId, stale) => renewOnce(connectionId, stale, 0),
    async renewExpiring(withinMs, signal) {
      const due = await dueConnections(parts, withinMs)
      await inLanes(signal, {
        lanes,
        everyMs: seconds(1),
        claim: () => Promise.resolve(due.shift() ?? null),
        work: async (connectionId) => {
          try {
            await renewOnce(connectionId, null, withinMs)
          } catch (error) {
            // What ended a connection has been logged where it was marked.
            if (!(error instanceof NeedsReconnect))
              parts.log.warn({ err: error, connectionId }, 'a token was not renewed')
          }
        },
        onFault: (error) => parts.log.error({ err: error }, 'tokens could not be renewed'),
      })
    },
  }
}

/** From the rows alone, so that a restart loses nobody: connections that work, or whose key may be here again, of providers of this server. */
async function dueConnections({ db, providers, now }: BrokerParts, withinMs: number): Promise<ConnectionId[]> {
  const rows = await db
    .selectFrom('connections')
    .where((eb) => eb.or([eb('health', '=', 'healthy'), eb('reconnect_reason', '=', 'unreadable')]))
    .where('access_token_expires_at', '<=', later(now(), withinMs))
    .orderBy('access_token_expires_at')
    .select(['id', 'provider', 'region'])
    .execute()
  return rows.filter((row) => providers.addresses(row.provider, row.region) !== null).map((row) => row.id)
}
