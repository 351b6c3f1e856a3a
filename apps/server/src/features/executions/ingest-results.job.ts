import { AmcError } from '@recomamp/amc-client'
import type { Ctx } from '#context.ts'
import { reachableInstances } from '#features/instances/index.ts'
import { inWorkspace } from '#platform/db/scope.ts'
import type { Job } from '#platform/jobs/job.ts'
import { inLanes } from '#platform/jobs/lanes.ts'
import { hours, later, seconds } from '#platform/time.ts'
import { failureOf } from './amc-failure.ts'
import { downloadParts } from './download-parts.ts'
import { executionEvents } from './executions.events.ts'
import { isHeldBack, pauseAfter } from './held-back.ts'
import { claimIngestion, complete, type Ingestion, ingestLater, loseResults, renewIngestion } from './ingest.store.ts'
import { ingestJobName } from './job-names.ts'
import { UnreadableResult } from './results/convert-result.ts'
import type { PrivacyColumns } from './results/result-layout.ts'
import type { ResultStore, StoredResult } from './results/result-store.ts'
import { definitionOf, type SentRequest } from './sent-request.ts'

/** Short, because a process that was killed leaves its work to the next one only after it; renewed while the work goes on. */
const ingestLease = seconds(8)
const renewEvery = seconds(2)
const firstPauseMs = seconds(2)
/** Results fetched at once: each takes one thread and about 100 MB. */
const lanes = 2
/** A file that cannot be read five times over will not become readable. */
const unreadableTries = 5

/** Fetches the rows of executions that have succeeded at AMC into our store. */
export function ingestResultsJob(results: ResultStore): Job {
  return {
    name: ingestJobName,
    everyMs: seconds(1),
    run: (ctx, signal, beat) =>
      inLanes(signal, {
        beat,
        lanes,
        everyMs: seconds(1),
        claim: () => claimIngestion(ctx.db, ctx.now(), ingestLease),
        work: (held) => inWorkspace(held.workspaceId, () => ingest(ctx, results, held)),
        onFault: (error) => executionEvents.workFailed(ctx.log, ingestJobName, error),
      }),
  }
}

async function ingest(ctx: Ctx, results: ResultStore, held: Ingestion): Promise<void> {
  const began = ctx.now()
  const renewal = setInterval(() => {
    renewIngestion(ctx.db, held.id, later(ctx.now(), ingestLease)).catch((error: unknown) =>
      ctx.log.warn({ err: error, executionId: held.id }, 'the lease of an ingestion was not renewed'),
    )
  }, renewEvery)
  try {
    const stored = await fetchResult(ctx, results, held)
    const now = ctx.now()
    const status = await complete(ctx.db, held, stored, now)
    const { rowCount, bytes } = stored
    if (status !== null)
      executionEvents.stored(ctx.log, held.id, { rowCount, bytes, took: now.getTime() - began.getTime() })
  } catch (error) {
    await keepFault(ctx, held, error)
  } finally {
    clearInterval(renewal)
  }
}

async function fetchResult(ctx: Ctx, results: ResultStore, held: Ingestion): Promise<StoredResult> {
  const instance = (await reachableInstances(ctx.db, [held.instanceId])).get(held.instanceId)
  if (instance === undefined) throw new Error('the instance of the execution is gone')
  const amc = await ctx.amcFor(instance.connectionId)
  const { outputColumns } = await amc.getWorkflowExecution(instance.target, instance.amcInstanceId, held.amcExecutionId)
  const room = await results.makeRoom(held.id)
  const parts = await downloadParts(amc, instance, held.amcExecutionId, room)
  return results.keep(held.id, parts, outputColumns, privacyColumnsOf(held))
}

function privacyColumnsOf(sent: SentRequest): PrivacyColumns {
  const workflow = definitionOf(sent)
  return {
    filtered: workflow?.filteredMetricsDiscriminatorColumn ?? null,
    reason: workflow?.filteredReasonColumn ?? null,
    users: workflow?.distinctUserCountColumn ?? null,
  }
}

async function keepFault(ctx: Ctx, held: Ingestion, error: unknown): Promise<void> {
  const now = ctx.now()
  const cause = endOf(held, error, now)
  if (cause === null) {
    const again = later(now, pauseAfter(error, held.attempts, firstPauseMs))
    executionEvents.ingestFailed(ctx.log, held.id, again, error)
    await ingestLater(ctx.db, isHeldBack(error) ? held : { ...held, attempts: held.attempts + 1 }, again, now)
    return
  }
  const amc =
    error instanceof AmcError
      ? { message: error.amcMessage, requestId: error.amcRequestId, kind: error.kind, sent: error.sent }
      : { message: null, requestId: null }
  const answer = error instanceof AmcError ? error.answer : null
  const status = await loseResults(ctx.db, held, failureOf(cause, amc, held), answer, now)
  if (status !== null) executionEvents.changed(ctx.log, held.id, status, held.amcExecutionId)
}

/** Why the rows cannot be had any more, or null while another try may get them. AMC gives results for at least a day. */
function endOf(held: Ingestion, error: unknown, now: Date): 'results-lost' | 'results-unreadable' | null {
  if (error instanceof UnreadableResult) return held.attempts + 1 >= unreadableTries ? 'results-unreadable' : null
  const isGone = error instanceof AmcError && (error.kind === 'not-found' || error.kind === 'refused')
  return isGone && now > later(held.expiresAt ?? held.submittedAt, hours(24)) ? 'results-lost' : null
}
