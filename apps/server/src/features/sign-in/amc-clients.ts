import { type AmcCall, type AmcClient, createAmcClient, createPace } from '@recomamp/amc-client'
import type { ConnectionId } from '@recomamp/contracts'
import type { Db } from '#platform/db/tables.ts'
import type { Log } from '#platform/log/log.ts'
import type { Providers } from './providers.ts'
import { NeedsReconnect } from './needs-reconnect.ts'
import type { TokenBroker } from './token-broker.ts'

/** Makes the client of a connection: its provider's and region's addresses, its tokens through the broker. */
export function createAmcClients(parts: {
  db: Db
  providers: Providers
  broker: TokenBroker
  log: Log
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
      log: (call) => logCall(parts.log, connectionId, call),
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
