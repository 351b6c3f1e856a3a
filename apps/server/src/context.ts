import type { AmcClient } from '@recomamp/amc-client'
import type { LocalEngine } from '@recomamp/amc-local'
import type { ConnectionId } from '@recomamp/contracts'
import type { Config, Secrets } from '#config.ts'
import type { Db } from '#platform/db/tables.ts'
import type { Files } from '#platform/files/open-files.ts'
import type { Log } from '#platform/log/log.ts'
import type { Metrics } from '#platform/metrics/metrics.ts'
import type { SharedCache } from '#platform/redis/shared-cache.ts'
import type { Tracing } from '#platform/tracing/tracing.ts'

/** What a use case or a job may touch, handed in explicitly. */
export interface Ctx {
  readonly config: Config
  readonly secrets: Secrets
  readonly db: Db
  /** Results and exported files. */
  readonly files: Files
  readonly log: Log
  readonly metrics: Metrics
  readonly tracing: Tracing | null
  /** The only clock. */
  readonly now: () => Date
  /** AMC as one connection reaches it: its addresses, its tokens, renewed as needed. */
  readonly amcFor: (connectionId: ConnectionId) => Promise<AmcClient>
  /** The synthetic data of this installation, opened when it is first asked for. */
  readonly synthetic: () => LocalEngine
  /** What the processes know together; null unless that is switched on. */
  readonly shared: SharedCache | null
  /** Runs a job's next round at once instead of at its time. */
  readonly wake: (job: string) => void
}

/** The time of this machine; tests hand in a clock of their own. */
export function systemClock(): Date {
  return new Date(Date.now())
}
