import { amcDateTimeOf } from '@recomamp/amc-client'
import type { AmcExecution } from '@recomamp/amc-wire'
import type { InstanceId } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { type ReachableInstance, reachableInstances } from '#features/instances/index.ts'
import { inWorkspace } from '#platform/db/scope.ts'
import type { Job } from '#platform/jobs/job.ts'
import { later, minutes, seconds } from '#platform/time.ts'
import { newsOf } from './change-execution.ts'
import { executionEvents } from './executions.events.ts'
import { isHeldBack, pauseAfter } from './held-back.ts'
import { eventOfAmcStatus } from './executions.lifecycle.ts'
import { ingestJobName, pollJobName, submitJobName } from './job-names.ts'
import { fastPollMs, outOfTouchMs, pollDelayMs } from './poll-schedule.ts'
import {
  type Answered,
  askLater,
  claimPoll,
  instancesToPoll,
  keepAnswers,
  type OpenExecution,
  type PollTimes,
  sentRequests,
} from './polling.store.ts'
import { sideBySide } from './side-by-side.ts'

/** Longer than the pages of an instance take; a worker that died leaves its executions to the next one after it. */
const pollLease = seconds(20)

/** Amazon's clock and ours may differ by that much. */
const clockLeeway = minutes(15)

/** Asks AMC how the open executions stand: one list per instance. Which are due follows from the rows, so a round in which
 *  nothing is due costs one statement. */
export const pollExecutionsJob: Job = {
  name: pollJobName,
  everyMs: fastPollMs,
  run: (ctx, signal) =>
    sideBySide(signal, {
      limit: 16,
      everyMs: fastPollMs,
      due: () => instancesToPoll(ctx.db, timesOf(ctx)),
      work: (instanceId) => pollInstance(ctx, instanceId),
      onFault: (error) => executionEvents.workFailed(ctx.log, pollJobName, error),
    }),
}

function timesOf(ctx: Ctx): PollTimes {
  const longestPauseMs = Math.max(outOfTouchMs, ctx.config.executionPollIntervalMs)
  return { now: ctx.now(), longestPauseMs, leaseMs: pollLease }
}

async function pollInstance(ctx: Ctx, instanceId: InstanceId): Promise<void> {
  const instance = (await reachableInstances(ctx.db, [instanceId])).get(instanceId)
  if (instance !== undefined) await inWorkspace(instance.workspaceId, () => pollClaimed(ctx, instance))
}

async function pollClaimed(ctx: Ctx, instance: ReachableInstance): Promise<void> {
  const times = timesOf(ctx)
  const { now } = times
  const soon = later(now, ctx.config.executionPollIntervalMs / 2)
  const open = await claimPoll(ctx.db, instance.id, { ...times, soon })
  if (open.length === 0) return
  const waiting = new Map(open.map((row) => [row.amcExecutionId, row]))
  try {
    const amc = await ctx.amcFor(instance.connectionId)
    const signal = AbortSignal.timeout(seconds(60))
    const filter = { minCreationTime: amcDateTimeOf(listedFrom(open)), includeCancelled: true }
    // Newest first, so the pages behind the last one that is waited for need not be asked for.
    for await (const page of amc.listWorkflowExecutions(instance.target, instance.amcInstanceId, filter, { signal })) {
      await keepPage(ctx, page, waiting, now)
      if (waiting.size === 0) return
    }
    // What AMC does not name counts as still going; past its expiry it is asked for as seldom as any other.
    const isExpired = (row: OpenExecution) => row.expiresAt !== null && row.expiresAt < now
    const rest = Map.groupBy(waiting.values(), isExpired)
    for (const [expired, rows] of rest) {
      const intervalMs = ctx.config.executionPollIntervalMs
      const pauseMs = expired ? Math.max(outOfTouchMs, intervalMs) : intervalMs
      await askLater(ctx.db, ids(rows), later(now, pauseMs), 'unnamed')
    }
  } catch (error) {
    // One account with a revoked token must not starve the rest: its executions wait, the others are asked for.
    await backOff(ctx, instance, [...waiting.values()], error)
  }
}

function listedFrom(open: readonly OpenExecution[]): Date {
  return new Date(Math.min(...open.map((row) => row.submittedAt.getTime())) - clockLeeway)
}

/** Keeps what a page says about our executions and strikes them off the list of those waited for. They are asked for next by the time at
 *  which the list was begun, so that the rows of several pages fall due together. */
async function keepPage(
  ctx: Ctx,
  page: readonly AmcExecution[],
  waiting: Map<AmcExecution['workflowExecutionId'], OpenExecution>,
  begun: Date,
): Promise<void> {
  const now = ctx.now()
  const found = page.flatMap((answer) => {
    const row = waiting.get(answer.workflowExecutionId)
    return row === undefined ? [] : [{ row, answer }]
  })
  const ended = found.filter(({ answer }) => eventOfAmcStatus(answer.status) === 'failed')
  const sent = await sentRequests(ctx.db, ids(ended.map(({ row }) => row)))
  const answers = found.map(({ row, answer }): Answered => {
    const news = newsOf(answer, row, sent.get(row.id) ?? null)
    const schedule = { submittedAt: row.submittedAt, expiresAt: news.expiresAt ?? row.expiresAt }
    return { row, news, nextAt: later(begun, pollDelayMs(schedule, ctx.config.executionPollIntervalMs, begun)) }
  })
  const changed = await keepAnswers(ctx.db, answers, now)
  for (const { row } of found) waiting.delete(row.amcExecutionId)
  for (const { id, status, amcExecutionId } of changed) executionEvents.changed(ctx.log, id, status, amcExecutionId)
  if (changed.some(({ status }) => status === 'ingesting')) ctx.wake(ingestJobName)
  // A slot has become free.
  if (changed.some(({ status }) => status !== 'running')) ctx.wake(submitJobName)
}

async function backOff(
  ctx: Ctx,
  instance: ReachableInstance,
  rows: readonly OpenExecution[],
  error: unknown,
): Promise<void> {
  const failures = Math.max(0, ...rows.map((row) => row.attempts))
  const firstMs = Math.min(seconds(2), ctx.config.executionPollIntervalMs)
  const again = later(ctx.now(), pauseAfter(error, failures, firstMs))
  executionEvents.pollFailed(ctx.log, instance, again, error)
  await askLater(ctx.db, ids(rows), again, isHeldBack(error) ? 'held-back' : 'failed')
}

function ids(rows: readonly OpenExecution[]) {
  return rows.map((row) => row.id)
}
