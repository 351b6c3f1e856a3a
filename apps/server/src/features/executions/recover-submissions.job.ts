import type { AmcExecution } from '@recomamp/amc-wire'
import { AmcError, amcDateTimeOf } from '@recomamp/amc-client'
import type { InstanceId } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { type ReachableInstance, reachableInstances } from '#features/instances/index.ts'
import { inWorkspace } from '#platform/db/scope.ts'
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
 *  at once; only when two answers after the settle time do not know it is it sent again (AMC has no idempotency key, and one answer may
 *  lack what it should hold). */
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
  await inWorkspace(instance.workspaceId, () => look(ctx, instance, submissions, signal))
}

async function look(
  ctx: Ctx,
  instance: ReachableInstance,
  submissions: Submission[],
  signal: AbortSignal,
): Promise<void> {
  try {
    // Before the list is asked for: what AMC accepts after this moment may be missing from it.
    const lookedAt = ctx.now()
    const { settleMs } = submissionTimes(ctx)
    const missing = await adoptFound(ctx, instance, submissions)
    const settled = missing.filter(({ sentAt }) => lookedAt >= later(sentAt, settleMs))
    if (settled.length === 0) return
    for (const submission of await adoptFound(ctx, instance, settled))
      if (!signal.aborted) await repeat(ctx, instance, submission)
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

/** Adopts what AMC's list knows; answers what it does not know. */
async function adoptFound(
  ctx: Ctx,
  instance: ReachableInstance,
  submissions: readonly Submission[],
): Promise<Submission[]> {
  const listed = await listSince(ctx, instance, submissions)
  const known = listed.map((run) => run.workflowExecutionId)
  const held = await heldAmcExecutions(ctx.db, instance.id, known)
  const missing: Submission[] = []
  for (const submission of submissions) {
    const run = findLostRun(listed, submission, held)
    if (run === null) missing.push(submission)
    else {
      held.add(run.workflowExecutionId)
      await adopt(ctx, submission, run)
    }
  }
  return missing
}

async function adopt(ctx: Ctx, submission: Submission, run: AmcExecution): Promise<void> {
  const status = await accept(ctx.db, submission, run, ctx.now())
  if (status !== null) executionEvents.adopted(ctx.log, submission.id, run.workflowExecutionId)
}

async function repeat(ctx: Ctx, instance: ReachableInstance, submission: Submission): Promise<void> {
  if (submission.cancelRequested) {
    const status = await giveUp(ctx.db, submission, ctx.now())
    if (status !== null) executionEvents.changed(ctx.log, submission.id, status, null)
    return
  }
  const { callLimitMs, lookEveryMs } = submissionTimes(ctx)
  const limits = { leaseMs: callLimitMs, lookAfterMs: lookEveryMs, now: ctx.now() }
  const again = await claimRepeat(ctx.db, submission, limits)
  if (again === null) return
  executionEvents.repeated(ctx.log, again.id)
  await send(ctx, instance, again)
}
