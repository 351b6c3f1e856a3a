import { type AmcClient, AmcError, LwaError } from '@recomamp/amc-client'
import type { InstanceId } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { type ReachableInstance, reachableInstances } from '#features/instances/index.ts'
import { NeedsReconnect } from '#features/sign-in/index.ts'
import { inWorkspace } from '#platform/db/scope.ts'
import type { Job } from '#platform/jobs/job.ts'
import { later, seconds } from '#platform/time.ts'
import { failureOf } from './amc-failure.ts'
import { executionEvents } from './executions.events.ts'
import { isHeldBack, pauseAfter } from './held-back.ts'
import { submitJobName } from './job-names.ts'
import { sideBySide } from './side-by-side.ts'
import {
  accept,
  claimSubmission,
  instancesToSubmit,
  keepRecreated,
  lookSoon,
  postpone,
  refuse,
  type Submission,
} from './submissions.store.ts'

const firstPauseMs = seconds(2)

/** Times of a submission that follow from the settle time. A call ends well before it, so that a repeat never meets its first try. */
export function submissionTimes(ctx: Ctx) {
  const settleMs = ctx.config.executionSettleMs
  return { settleMs, callLimitMs: settleMs / 2, lookEveryMs: Math.min(seconds(3), settleMs / 4) }
}

/** Sends queued executions to AMC while their instances have free slots. */
export const submitExecutionsJob: Job = {
  name: submitJobName,
  everyMs: seconds(1),
  run: (ctx, signal) =>
    sideBySide(signal, {
      limit: 64,
      everyMs: seconds(1),
      due: () => instancesToSubmit(ctx.db, ctx.config.executionSlots, ctx.now()),
      work: (instanceId) => submitAll(ctx, instanceId, signal),
      onFault: (error) => executionEvents.workFailed(ctx.log, submitJobName, error),
    }),
}

async function submitAll(ctx: Ctx, instanceId: InstanceId, signal: AbortSignal): Promise<void> {
  const instance = (await reachableInstances(ctx.db, [instanceId])).get(instanceId)
  if (instance === undefined) return
  const { callLimitMs, lookEveryMs } = submissionTimes(ctx)
  const lane = async () => {
    while (!signal.aborted) {
      const limits = {
        slots: ctx.config.executionSlots,
        accountSlots: ctx.config.executionSlotsPerAccount,
        leaseMs: callLimitMs,
        lookAfterMs: lookEveryMs,
        now: ctx.now(),
      }
      const submission = await claimSubmission(ctx.db, instanceId, limits)
      if (submission === null) return
      executionEvents.sending(ctx.log, submission.id)
      await inWorkspace(instance.workspaceId, () => send(ctx, instance, submission))
    }
  }
  // All of them to their end, so that none goes on unseen when another one fails.
  const ended = await Promise.allSettled([lane(), lane(), lane()])
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}

/** Calls AMC for a claimed submission and keeps the outcome. Never throws: what is not known stays to be looked for. */
export async function send(ctx: Ctx, instance: ReachableInstance, submission: Submission): Promise<void> {
  try {
    const amc = await ctx.amcFor(instance.connectionId)
    const signal = AbortSignal.timeout(submissionTimes(ctx).callLimitMs)
    const create = () =>
      amc.createWorkflowExecution(instance.target, instance.amcInstanceId, submission.request, { signal })
    const answer = await create().catch(async (error: unknown) => {
      if (submission.copy === null || !isCopyGone(error)) throw error
      await restoreCopy(ctx, amc, instance, { ...submission, copy: submission.copy }, signal)
      return create()
    })
    const status = await accept(ctx.db, submission, answer, ctx.now())
    if (status !== null) executionEvents.changed(ctx.log, submission.id, status, answer.workflowExecutionId)
  } catch (error) {
    await keepFault(ctx, submission, error)
  }
}

/** AMC has lost the workflow that a run names, or somebody deleted it there: nothing ran (S-106). */
function isCopyGone(error: unknown): boolean {
  if (!(error instanceof AmcError) || error.lost) return false
  const isAboutIt = error.kind === 'refused' || error.kind === 'not-found'
  return isAboutIt && /workflow with id \S+ does not exist/i.test(error.amcMessage ?? '')
}

/** Gives AMC the copy anew, and keeps beside the run that it did. */
async function restoreCopy(
  ctx: Ctx,
  amc: AmcClient,
  instance: ReachableInstance,
  submission: Submission & { copy: NonNullable<Submission['copy']> },
  signal: AbortSignal,
): Promise<void> {
  executionEvents.copyGone(ctx.log, submission.id, submission.amcWorkflowId)
  await keepRecreated(ctx.db, submission)
  const workflow = { ...submission.copy.definition, workflowId: submission.amcWorkflowId }
  try {
    await amc.createWorkflow(instance.target, instance.amcInstanceId, workflow, { signal })
  } catch (error) {
    // Another run gave it back meanwhile, or an answer was lost before.
    if (error instanceof AmcError && /already exists/i.test(error.amcMessage ?? '')) return
    throw error instanceof AmcError && isDefinite(error)
      ? error
      : new NothingSent('the copy was not given back', { cause: error })
  }
}

/** The run itself was never sent. */
class NothingSent extends Error {}

async function keepFault(ctx: Ctx, submission: Submission, error: unknown): Promise<void> {
  const now = ctx.now()
  if (error instanceof AmcError && isDefinite(error)) {
    const amc = { message: error.amcMessage, requestId: error.amcRequestId, kind: error.kind, sent: error.sent }
    const status = await refuse(ctx.db, submission, failureOf('amc-refused', amc, submission), error.answer, now)
    if (status !== null) executionEvents.changed(ctx.log, submission.id, status, null)
  } else if (mayHaveBeenSent(error)) {
    executionEvents.answerLost(ctx.log, submission.id, error)
    await lookSoon(ctx.db, submission, now)
  } else {
    const before = submission.attempts - 1
    const until = later(now, pauseAfter(error, before, firstPauseMs))
    await postpone(ctx.db, isHeldBack(error) ? { ...submission, attempts: before } : submission, until, now)
    executionEvents.postponed(ctx.log, submission.id, until, error)
  }
}

/** AMC read the call and said no: the same call gets the same answer. */
function isDefinite(error: AmcError): boolean {
  return !error.lost && (error.kind === 'refused' || error.kind === 'forbidden' || error.kind === 'not-found')
}

/** Whether AMC may know of the run although no answer came. */
function mayHaveBeenSent(error: unknown): boolean {
  // Without tokens nothing is sent; any other error, such as the database's, may come after an answer.
  if (error instanceof LwaError || error instanceof NeedsReconnect || error instanceof NothingSent) return false
  return !(error instanceof AmcError) || error.lost
}
