import { AmcError, backoffMs } from '@recomamp/amc-client'
import type { AmcClient } from '@recomamp/amc-client'
import type { Ctx } from '#context.ts'
import { type ReachableInstance, reachableInstances } from '#features/instances/index.ts'
import { inWorkspace } from '#platform/db/scope.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Job } from '#platform/jobs/job.ts'
import { inLanes } from '#platform/jobs/lanes.ts'
import { later, seconds } from '#platform/time.ts'
import { claimUnwanted, keepOutcome, type UnwantedExecution } from './cancelling.store.ts'
import { changeExecution, newsOf } from './change-execution.ts'
import { executionEvents } from './executions.events.ts'
import { cancelJobName, ingestJobName, submitJobName } from './job-names.ts'
import { fastPollMs } from './poll-schedule.ts'
import { keepAnswers, type OpenExecution, sentRequests } from './polling.store.ts'

/** Longer than the two calls that ending a run takes. */
const cancelLease = seconds(30)
const callLimit = seconds(12)
const firstPauseMs = seconds(1)

/** Asks AMC to end the runs that people no longer want, and reads afterwards how they stand: only AMC's word ends them. */
export const cancelExecutionsJob: Job = {
  name: cancelJobName,
  everyMs: seconds(1),
  run: (ctx, signal, beat) =>
    inLanes(signal, {
      beat,
      lanes: 4,
      everyMs: seconds(1),
      claim: () => claimUnwanted(ctx.db, ctx.now(), cancelLease),
      work: (held) => inWorkspace(held.workspaceId, () => end(ctx, held)),
      onFault: (error) => executionEvents.workFailed(ctx.log, cancelJobName, error),
    }),
}

async function end(ctx: Ctx, held: UnwantedExecution): Promise<void> {
  const now = ctx.now()
  if (held.atAmc === null) {
    const changes = { finished_at: now, next_attempt_at: null, cancel_next_at: null }
    const status = await inTransaction(ctx.db, (tx) => changeExecution(tx, held, 'cancelled', changes, now))
    if (status !== null) executionEvents.changed(ctx.log, held.id, status, null)
    return
  }
  const instance = (await reachableInstances(ctx.db, [held.instanceId])).get(held.instanceId)
  if (instance === undefined) return
  try {
    const amc = await ctx.amcFor(instance.connectionId)
    const refusal = await askToEnd(amc, instance, held.atAmc)
    const ended = await readState(ctx, amc, instance, held.atAmc)
    const failure =
      refusal === null
        ? null
        : {
            message: ended ? 'The run had already ended at AMC' : 'AMC did not end the run',
            amcMessage: refusal.amcMessage,
            again: false,
          }
    await keepOutcome(ctx.db, held, failure, null, ctx.now())
  } catch (error) {
    await keepFault(ctx, held, error)
  }
}

/** Null when AMC took the wish, otherwise its refusal. */
async function askToEnd(amc: AmcClient, instance: ReachableInstance, run: OpenExecution): Promise<AmcError | null> {
  const signal = AbortSignal.timeout(callLimit)
  try {
    await amc.cancelWorkflowExecution(instance.target, instance.amcInstanceId, run.amcExecutionId, { signal })
    return null
  } catch (error) {
    if (error instanceof AmcError && (error.kind === 'refused' || error.kind === 'not-found')) return error
    throw error
  }
}

/** Keeps how a run stands at AMC now; true when it has ended there. */
async function readState(ctx: Ctx, amc: AmcClient, instance: ReachableInstance, run: OpenExecution): Promise<boolean> {
  const signal = AbortSignal.timeout(callLimit)
  const answer = await amc.getWorkflowExecution(instance.target, instance.amcInstanceId, run.amcExecutionId, { signal })
  const now = ctx.now()
  const sent = await sentRequests(ctx.db, [run.id])
  const news = newsOf(answer, run, sent.get(run.id) ?? null)
  const [changed] = await keepAnswers(ctx.db, [{ row: run, news, nextAt: later(now, fastPollMs) }], now)
  if (changed === undefined) return false
  executionEvents.changed(ctx.log, changed.id, changed.status, changed.amcExecutionId)
  ctx.wake(changed.status === 'ingesting' ? ingestJobName : submitJobName)
  return changed.status !== 'running'
}

async function keepFault(ctx: Ctx, held: UnwantedExecution, error: unknown): Promise<void> {
  const now = ctx.now()
  executionEvents.cancelFailed(ctx.log, held.id, error)
  if (error instanceof AmcError && error.kind === 'forbidden') {
    const failure = { message: 'AMC does not let this sign-in end the run', amcMessage: error.amcMessage, again: false }
    await keepOutcome(ctx.db, held, failure, null, now)
    return
  }
  const retryAfterMs = error instanceof AmcError ? error.retryAfterMs : null
  const again = later(now, backoffMs(held.attempts, firstPauseMs, retryAfterMs, Math.random()))
  const amcMessage = error instanceof AmcError ? error.amcMessage : null
  const failure = { message: 'AMC could not be asked to end the run; it is tried again', amcMessage, again: true }
  await keepOutcome(ctx.db, held, failure, again, now)
}
