import type { AmcClient } from '@recomamp/amc-client'
import type { ConnectionId } from '@recomamp/contracts'
import type { Config, Secrets } from '#config.ts'
import { type TokenCallers, createTokenCallers } from '#features/personal-tokens/index.ts'
import type { Db } from '#platform/db/tables.ts'
import type { Caller } from '#platform/http/app-types.ts'
import type { Log } from '#platform/log/log.ts'
import type { Metrics } from '#platform/metrics/metrics.ts'
import type { SharedCache } from '#platform/redis/shared-cache.ts'
import type { Tracing } from '#platform/tracing/tracing.ts'
import { type AccessTokens, createAccessTokens } from './access-tokens.ts'
import { createAmcClients } from './amc-clients.ts'
import { type ProviderAddresses, type Providers, createProviders } from './providers.ts'
import { type RefreshTokens, createRefreshTokens } from './refresh-tokens.ts'
import { type LiveSessions, createLiveSessions } from './sessions.ts'
import { type TokenBroker, createTokenBroker } from './token-broker.ts'

/** What signing in keeps for the life of the process. */
export interface SignIn {
  readonly providers: Providers
  readonly accessTokens: AccessTokens
  readonly refreshTokens: RefreshTokens
  readonly liveSessions: LiveSessions
  readonly tokenCallers: TokenCallers
  readonly broker: TokenBroker
  readonly amcFor: (connectionId: ConnectionId) => Promise<AmcClient>
  /** Whom a Bearer token stands for now: a session's or a personal one. */
  readonly identify: (token: string, address: string) => Caller | Promise<Caller>
  /** To be called after a change of sessions or members, so that this process goes by it at once, and
   *  every other one too where they share what they know. */
  readonly membersChanged: () => Promise<void>
}

export function createSignIn(parts: {
  config: Config
  secrets: Secrets
  db: Db
  shared: SharedCache | null
  log: Log
  metrics: Metrics
  tracing: Tracing | null
  now: () => Date
  sandbox: ProviderAddresses | null
}): SignIn {
  const { config, secrets, db, shared, log, metrics, tracing, now } = parts
  const providers = createProviders(config, secrets, parts.sandbox)
  const accessTokens = createAccessTokens(secrets.jwtSecretKey)
  const liveSessions = createLiveSessions(db, shared)
  const broker = createTokenBroker({ db, fernetKeys: secrets.fernetKeys, providers, log, metrics, now })

  const tokenCallers = createTokenCallers(db, shared)

  async function identifySlowly(token: string): Promise<Caller> {
    const claims = await accessTokens.verify(token, now())
    if (claims === null) return 'nobody'
    return (await liveSessions.callerOf(claims, now())) ?? 'session-ended'
  }

  return {
    providers,
    accessTokens,
    refreshTokens: createRefreshTokens(secrets.jwtSecretKey),
    liveSessions,
    tokenCallers,
    broker,
    amcFor: createAmcClients({ db, providers, broker, log, metrics, tracing, now }),
    // Without a promise where both answers are remembered, which is nearly always.
    identify(token, address) {
      if (tokenCallers.isOne(token))
        return tokenCallers.callerOf(token, address, now()).then((caller) => caller ?? 'nobody')
      const claims = accessTokens.verify(token, now())
      if (claims === null) return 'nobody'
      if (claims instanceof Promise) return identifySlowly(token)
      const caller = liveSessions.callerOf(claims, now())
      if (caller instanceof Promise) return caller.then((found) => found ?? 'session-ended')
      return caller ?? 'session-ended'
    },
    async membersChanged() {
      await Promise.all([liveSessions.forget(), tokenCallers.forget()])
    },
  }
}
