import { type AmcCall, type AmcClient, createAmcClient, createPace } from '@recomamp/amc-client'
import type { ConnectionId } from '@recomamp/contracts'
import type { Db } from '#platform/db/tables.ts'
import type { Log } from '#platform/log/log.ts'
import type { Metrics } from '#platform/metrics/metrics.ts'
import type { Tracing } from '#platform/tracing/tracing.ts'
import type { Providers } from './providers.ts'
import { NeedsReconnect } from './needs-reconnect.ts'
import type { TokenBroker } from './token-broker.ts'

/** Makes the client of a connection: its provider's and region's addresses, its tokens through the broker. */
export function createAmcClients(parts: {
  db: Db
  providers: Providers
  broker: TokenBroker
  log: Log
  metrics: Metrics
  tracing: Tracing | null
  now: () => Date
}): (connectionId: ConnectionId) => Promise<AmcClient> {
  const clients = new Map<ConnectionId, AmcClient>()
  const pace = createPace(parts.now)
  return async (connectionId) => {
    const known = clients.get(connectionId)
    if (known !== undefined) return known
    const connection = await parts.db
      .selectFrom('connections')
      .where('id', '=', connectionId)
      .select(['provider', 'region'])
      .executeTakeFirst()
    const addresses =
      connection === undefined ? null : parts.providers.addresses(connection.provider, connection.region)
    if (addresses === null)
      throw new NeedsReconnect({ cause: new Error('the provider of this connection is not configured here') })
    const client = createAmcClient({
      baseUrl: addresses.adsApiUrl,
      clientId: addresses.clientId,
      tokens: {
        current: () => parts.broker.current(connectionId),
        renew: (stale) => parts.broker.renew(connectionId, stale),
      },
      log: (call) => {
        logCall(parts.log, connectionId, call)
        parts.tracing?.ended({
          name: call.operation,
          durationMs: call.durationMs,
          failed: call.status === null || call.status >= 400,
          attributes: {
            'recomamp.connection_id': connectionId,
            'http.request.method': call.method,
            ...(call.status === null ? {} : { 'http.response.status_code': call.status }),
            ...(call.amcRequestId === null ? {} : { 'recomamp.amc_request_id': call.amcRequestId }),
          },
          standsAlone: true,
        })
        parts.metrics.amcCalls.observe(
          { operation: call.operation, outcome: outcomeOf(call.status) },
          call.durationMs / 1000,
        )
      },
      pace,
      now: parts.now,
    })
    clients.set(connectionId, client)
    return client
  }
}

/** Every call with Amazon's request id; one that was not answered well is seen without asking for details. */
function logCall(log: Log, connectionId: ConnectionId, call: AmcCall): void {
  const failed = call.status === null || call.status >= 400
  log[failed ? 'warn' : 'debug']({ connectionId, ...call }, 'call to AMC')
}

/** What became of a call, in the words of the metrics. */
function outcomeOf(status: number | null) {
  if (status === null) return 'no-answer'
  if (status === 429) return 'slowed-down'
  if (status >= 500) return 'failed'
  return status >= 400 ? 'refused' : 'ok'
}
