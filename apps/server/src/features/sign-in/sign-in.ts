import type { AmcClient } from '@recomamp/amc-client'
import type { ConnectionId } from '@recomamp/contracts'
import type { Config, Secrets } from '#config.ts'
import type { Db } from '#platform/db/tables.ts'
import type { Caller } from '#platform/http/app-types.ts'
import type { Log } from '#platform/log/log.ts'
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
  readonly broker: TokenBroker
  readonly amcFor: (connectionId: ConnectionId) => Promise<AmcClient>
  /** Who a Bearer token belongs to, and whether the session still lives. */
  readonly identify: (token: string) => Caller | Promise<Caller>
}

export function createSignIn(parts: {
  config: Config
  secrets: Secrets
  db: Db
  log: Log
  now: () => Date
  sandbox: ProviderAddresses | null
}): SignIn {
  const { config, secrets, db, log, now } = parts
  const providers = createProviders(config, secrets, parts.sandbox)
  const accessTokens = createAccessTokens(secrets.jwtSecretKey)
  const liveSessions = createLiveSessions(db)
  const broker = createTokenBroker({ db, fernetKeys: secrets.fernetKeys, providers, log, now })

  async function identifySlowly(token: string): Promise<Caller> {
    const member = await accessTokens.verify(token, now())
    if (member === null) return 'nobody'
    return (await liveSessions.isLive(member.sessionId, now())) ? member : 'session-ended'
  }

  return {
    providers,
    accessTokens,
    refreshTokens: createRefreshTokens(secrets.jwtSecretKey),
    liveSessions,
    broker,
    amcFor: createAmcClients({ db, providers, broker, log, now }),
    // Without a promise where both answers are remembered, which is nearly always.
    identify(token) {
      const member = accessTokens.verify(token, now())
      if (member === null) return 'nobody'
      if (member instanceof Promise) return identifySlowly(token)
      const live = liveSessions.isLive(member.sessionId, now())
      if (live instanceof Promise) return live.then((isLive) => (isLive ? member : 'session-ended'))
      return live ? member : 'session-ended'
    },
  }
}
