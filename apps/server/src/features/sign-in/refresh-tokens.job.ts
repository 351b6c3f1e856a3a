import type { Ctx } from '#context.ts'
import type { Job } from '#platform/jobs/job.ts'
import type { TokenBroker } from './token-broker.ts'

/** Renews Amazon's access tokens before they expire, so that no call has to wait for it (S-049, S-050). */
export function refreshTokensJob(ctx: Ctx, broker: TokenBroker): Job {
  return {
    name: 'refresh-tokens',
    everyMs: ctx.config.tokenRefreshIntervalMs,
    run: (_ctx, signal) => broker.renewExpiring(ctx.config.tokenRefreshBufferMs, signal),
  }
}
