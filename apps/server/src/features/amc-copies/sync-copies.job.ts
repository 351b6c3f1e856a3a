import { type AmcClient, AmcError, backoffMs } from '@recomamp/amc-client'
import type { Ctx } from '#context.ts'
import { type ReachableInstance, reachableInstances } from '#features/instances/index.ts'
import { inWorkspace } from '#platform/db/scope.ts'
import type { Job } from '#platform/jobs/job.ts'
import { inLanes } from '#platform/jobs/lanes.ts'
import type { Log } from '#platform/log/log.ts'
import { later, seconds } from '#platform/time.ts'
import {
  claimCopy,
  forgetStored,
  type HeldCopy,
  isNeededByRuns,
  keepFailure,
  keepRemoved,
  keepStored,
} from './copies.store.ts'
import { syncJobName } from './job-names.ts'

/** Longer than the two calls that a change may take. */
const syncLease = seconds(25)
const callLimit = seconds(10)
const firstPauseMs = seconds(2)
const waitForRuns = seconds(2)

/** Brings the copies at AMC to what is wanted: created, replaced or removed. Each change may be sent twice without harm. */
export const syncCopiesJob: Job = {
  name: syncJobName,
  everyMs: seconds(1),
  run: (ctx, signal, beat) =>
    inLanes(signal, {
      beat,
      lanes: 4,
      everyMs: seconds(1),
      claim: () => claimCopy(ctx.db, ctx.now(), syncLease),
      work: (held) => inWorkspace(held.workspaceId, () => bringInStep(ctx, held)),
      onFault: (error) => copyEvents.workFailed(ctx.log, error),
    }),
}

async function bringInStep(ctx: Ctx, held: HeldCopy): Promise<void> {
  // Read after the lease was taken: from then on no run is sent by this copy, so none can be missed here.
  if (await isNeededByRuns(ctx.db, held)) {
    const failure = {
      message: 'Waits until the runs of the stored text have begun',
      amcMessage: null,
      amcRequestId: null,
    }
    const now = ctx.now()
    await keepFailure(ctx.db, held, { ...failure, again: true }, later(now, waitForRuns), now)
    return
  }
  const instance = (await reachableInstances(ctx.db, [held.instanceId])).get(held.instanceId)
  if (instance === undefined) return
  try {
    const amc = await ctx.amcFor(instance.connectionId)
    await forgetStored(ctx.db, held)
    if (held.wanted === 'removed') {
      await remove(amc, instance, held)
      await keepRemoved(ctx.db, held, ctx.now())
    } else {
      await store(amc, instance, held)
      await keepStored(ctx.db, held, ctx.now())
    }
    copyEvents.changed(ctx.log, held)
  } catch (error) {
    await keepFault(ctx, held, error)
  }
}

/** Creates the copy or replaces it, whichever AMC can do: it may have lost one, or have one whose answer was lost. */
async function store(amc: AmcClient, instance: ReachableInstance, held: HeldCopy): Promise<void> {
  const workflow = { ...held.definition, workflowId: held.amcWorkflowId }
  const call = () => ({ signal: AbortSignal.timeout(callLimit) })
  const create = () => amc.createWorkflow(instance.target, instance.amcInstanceId, workflow, call())
  const replace = () => amc.updateWorkflow(instance.target, instance.amcInstanceId, workflow, call())
  const [first, second, isOtherCase] = held.wasStored ? [replace, create, isUnknown] : [create, replace, isTaken]
  await first().catch((error: unknown) => {
    if (!isOtherCase(error)) throw error
    return second()
  })
}

async function remove(amc: AmcClient, instance: ReachableInstance, held: HeldCopy): Promise<void> {
  const call = { signal: AbortSignal.timeout(callLimit) }
  await amc
    .deleteWorkflow(instance.target, instance.amcInstanceId, held.amcWorkflowId, call)
    .catch((error: unknown) => {
      if (!isUnknown(error)) throw error
    })
}

function isUnknown(error: unknown): boolean {
  if (!(error instanceof AmcError)) return false
  return error.kind === 'not-found' || /workflow with id \S+ does not exist/i.test(error.amcMessage ?? '')
}

function isTaken(error: unknown): boolean {
  return error instanceof AmcError && /already exists/i.test(error.amcMessage ?? '')
}

async function keepFault(ctx: Ctx, held: HeldCopy, error: unknown): Promise<void> {
  const now = ctx.now()
  copyEvents.failed(ctx.log, held, error)
  const amc = error instanceof AmcError ? error : null
  const words = {
    amcMessage: amc?.amcMessage ?? null,
    amcRequestId: amc?.amcRequestId ?? null,
    ...(amc === null ? {} : { kind: amc.kind }),
  }
  if (amc !== null && (amc.kind === 'refused' || amc.kind === 'forbidden' || amc.kind === 'not-found')) {
    const message = held.wanted === 'removed' ? 'AMC did not remove the copy' : 'AMC did not take the query'
    await keepFailure(ctx.db, held, { message, ...words, again: false }, null, now)
    return
  }
  const again = later(now, backoffMs(held.attempts, firstPauseMs, amc?.retryAfterMs ?? null, Math.random()))
  const message = 'AMC could not be asked; it is tried again'
  await keepFailure(ctx.db, held, { message, ...words, again: true }, again, now)
}

const copyEvents = {
  changed(log: Log, { workflowId, instanceId, amcWorkflowId, wanted, version }: HeldCopy): void {
    log.info({ workflowId, instanceId, amcWorkflowId, wanted, version }, 'a copy at AMC was changed')
  },
  failed(log: Log, { workflowId, instanceId, amcWorkflowId, wanted }: HeldCopy, error: unknown): void {
    log.warn({ err: error, workflowId, instanceId, amcWorkflowId, wanted }, 'a copy at AMC could not be changed')
  },
  workFailed(log: Log, error: unknown): void {
    log.error({ err: error, job: syncJobName }, 'work on a copy at AMC failed')
  },
}
