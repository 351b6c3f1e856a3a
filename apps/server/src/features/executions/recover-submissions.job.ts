import type { AmcExecution } from '@recomamp/amc-wire'
import { AmcError, amcDateTimeOf } from '@recomamp/amc-client'
import type { InstanceId } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { type ReachableInstance, reachableInstances } from '#features/instances/index.ts'
import type { Job } from '#platform/jobs/job.ts'
import { later, minutes, seconds } from '#platform/time.ts'
import { executionEvents } from './executions.events.ts'
import { findLostRun } from './find-lost-run.ts'
import { recoverJobName } from './job-names.ts'
import { sideBySide } from './side-by-side.ts'
import { send, submissionTimes } from './submit-executions.job.ts'
import {
  accept,
  claimLookups,
  claimRepeat,
  giveUp,
  heldAmcExecutions,
  instancesToLookAt,
  lookLater,
  type Submission,
} from './submissions.store.ts'

/** Amazon's clock and ours may differ by that much. */
const clockLeeway = minutes(15)

/** Looks at AMC for submissions whose answer was lost, by a fault or by the end of a process. A run that is found is adopted
 *  at once; only when AMC does not know it after the settle time is it sent again (AMC has no idempotency key). */
export const recoverSubmissionsJob: Job = {
  name: recoverJobName,
  everyMs: seconds(1),
  run: (ctx, signal) =>
    sideBySide(signal, {
      limit: 16,
      everyMs: seconds(1),
      due: () => instancesToLookAt(ctx.db, ctx.now()),
      work: (instanceId) => recover(ctx, instanceId, signal),
      onFault: (error) => executionEvents.workFailed(ctx.log, recoverJobName, error),
    }),
}

async function recover(ctx: Ctx, instanceId: InstanceId, signal: AbortSignal): Promise<void> {
  const submissions = await claimLookups(ctx.db, instanceId, ctx.now(), submissionTimes(ctx).lookEveryMs)
  const instance = (await reachableInstances(ctx.db, [instanceId])).get(instanceId)
  if (instance === undefined || submissions.length === 0) return
  try {
    // Before the list is asked for: what AMC accepts after this moment may be missing from it.
    const lookedAt = ctx.now()
    const listed = await listSince(ctx, instance, submissions)
    const known = listed.map((run) => run.workflowExecutionId)
    const held = await heldAmcExecutions(ctx.db, instanceId, known)
    for (const submission of submissions) {
      const run = findLostRun(listed, submission, held)
      if (run !== null) {
        held.add(run.workflowExecutionId)
        await adopt(ctx, submission, run)
      } else if (!signal.aborted) await repeatWhenSettled(ctx, instance, submission, lookedAt)
    }
  } catch (error) {
    executionEvents.lookFailed(ctx.log, instance, error)
    const now = ctx.now()
    const sent = Math.max(...submissions.map((submission) => submission.sentAt.getTime()))
    await lookLater(ctx.db, submissions, later(now, lookPauseMs(ctx, now.getTime() - sent, error)))
  }
}

/** Milliseconds until AMC is asked again after a question that failed: the longer nothing is known the longer, up to a minute,
 *  and at least what Amazon asked for. */
function lookPauseMs(ctx: Ctx, ageMs: number, error: unknown): number {
  const retryAfterMs = error instanceof AmcError ? (error.retryAfterMs ?? 0) : 0
  return Math.max(submissionTimes(ctx).lookEveryMs, retryAfterMs, Math.min(minutes(1), ageMs / 10))
}

async function listSince(
  ctx: Ctx,
  instance: ReachableInstance,
  submissions: readonly Submission[],
): Promise<AmcExecution[]> {
  const firstSent = Math.min(...submissions.map((submission) => submission.sentAt.getTime()))
  const amc = await ctx.amcFor(instance.connectionId)
  const listed: AmcExecution[] = []
  const filter = { minCreationTime: amcDateTimeOf(new Date(firstSent - clockLeeway)), includeCancelled: true }
  const signal = AbortSignal.timeout(seconds(30))
  for await (const page of amc.listWorkflowExecutions(instance.target, instance.amcInstanceId, filter, { signal }))
    listed.push(...page)
  return listed
}

async function adopt(ctx: Ctx, submission: Submission, run: AmcExecution): Promise<void> {
  const status = await accept(ctx.db, submission, run, ctx.now())
  if (status !== null) executionEvents.adopted(ctx.log, submission.id, run.workflowExecutionId)
}

async function repeatWhenSettled(
  ctx: Ctx,
  instance: ReachableInstance,
  submission: Submission,
  lookedAt: Date,
): Promise<void> {
  const { settleMs, callLimitMs, lookEveryMs } = submissionTimes(ctx)
  if (lookedAt < later(submission.sentAt, settleMs)) return
  if (submission.cancelRequested) {
    const status = await giveUp(ctx.db, submission, ctx.now())
    if (status !== null) executionEvents.changed(ctx.log, submission.id, status, null)
    return
  }
  const limits = { leaseMs: callLimitMs, lookAfterMs: lookEveryMs, now: ctx.now() }
  const again = await claimRepeat(ctx.db, submission, limits)
  if (again === null) return
  executionEvents.repeated(ctx.log, again.id)
  await send(ctx, instance, again)
}
