import type { Ctx } from '#context.ts'
import type { OpenedDatabase } from '#platform/db/open-database.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import { seconds } from '#platform/time.ts'
import { brokenConnections, pollLagSeconds, queues } from './queues.store.ts'

/** A database that is slow must not keep what this process knows by itself from whoever watches it. */
const limit = seconds(2)

/** Brings up to date what is asked for when somebody looks: the pool, the queues in the database, how late polling is. */
export async function refreshMetrics(
  ctx: Ctx,
  { pool, streams }: { pool: OpenedDatabase['pool']; streams: number },
): Promise<void> {
  const { metrics, log } = ctx
  metrics.eventStreams.set(streams)
  const figures = pool()
  if (figures !== null) {
    metrics.poolLimit.set(figures.limit)
    metrics.poolConnections.set({ state: 'busy' }, figures.busy)
    metrics.poolConnections.set({ state: 'idle' }, figures.idle)
    metrics.poolWaiting.set(figures.waiting)
  }
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${limit} ms`)), limit)
  try {
    await Promise.race([acrossWorkspaces(() => readQueues(ctx)), late])
  } catch (error) {
    // Figures of some time ago would say that all is well.
    for (const gauge of [metrics.queueDepth, metrics.queueAge, metrics.connectionsBroken, metrics.pollLag])
      gauge.reset()
    metrics.unreadable.inc()
    log.warn({ err: error }, 'the figures of the queues could not be read')
  } finally {
    clearTimeout(timer)
  }
}

async function readQueues({ db, metrics, now }: Ctx): Promise<void> {
  const at = now()
  const [waiting, lag, broken] = [await queues(db, at), await pollLagSeconds(db, at), await brokenConnections(db)]
  metrics.queueDepth.reset()
  metrics.queueAge.reset()
  for (const { queue, state, depth, oldestSeconds } of waiting) {
    metrics.queueDepth.set({ queue, state }, depth)
    if (oldestSeconds !== null) metrics.queueAge.set({ queue }, oldestSeconds)
  }
  metrics.pollLag.set(lag)
  metrics.connectionsBroken.reset()
  for (const { reason, count } of broken) metrics.connectionsBroken.set({ reason }, count)
}
