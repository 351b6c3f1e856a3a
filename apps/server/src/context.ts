import type { AmcClient } from '@recomamp/amc-client'
import type { ConnectionId } from '@recomamp/contracts'
import type { Config, Secrets } from '#config.ts'
import type { Db } from '#platform/db/tables.ts'
import type { Log } from '#platform/log/log.ts'

/** What a use case or a job may touch, handed in explicitly. */
export interface Ctx {
  readonly config: Config
  readonly secrets: Secrets
  readonly db: Db
  readonly log: Log
  /** The only clock. */
  readonly now: () => Date
  /** AMC as one connection reaches it: its addresses, its tokens, renewed as needed. */
  readonly amcFor: (connectionId: ConnectionId) => Promise<AmcClient>
  /** Runs a job's next round at once instead of at its time. */
  readonly wake: (job: string) => void
}

/** The time of this machine; tests hand in a clock of their own. */
export function systemClock(): Date {
  return new Date(Date.now())
}
