import type { SchemaChange } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordEvent, tellEventsJobName } from '#features/events/index.ts'
import { type ReachableInstance, reachableInstances } from '#features/instances/index.ts'
import { wordsForFault } from '#features/sign-in/index.ts'
import { inWorkspace } from '#platform/db/scope.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Job } from '#platform/jobs/job.ts'
import { inLanes } from '#platform/jobs/lanes.ts'
import type { Log } from '#platform/log/log.ts'
import { hours, later, minutes, seconds } from '#platform/time.ts'
import { readSchemasJobName } from './job-names.ts'
import { toLiveTable } from './live-table.ts'
import { type HeldInstance, claimReading, endReading, releaseReading } from './reading.store.ts'
import { keepReading } from './snapshots.store.ts'

/** Tables change some times in a year; an uploaded one can change any day. */
const readAgainAfter = hours(6)
const tryAgainAfter = minutes(15)
/** All pages of one instance together; the lease outlives it. */
const readingLimit = seconds(60)
const readingLease = seconds(90)

/** Reads the tables of the instances whose tables somebody has asked for: at once on demand, and every six hours from then on. */
export const readSchemasJob: Job = {
  name: readSchemasJobName,
  everyMs: seconds(15),
  run: (ctx, signal, beat) =>
    inLanes(signal, {
      beat,
      lanes: 2,
      everyMs: seconds(1),
      claim: () => claimReading(ctx.db, ctx.now(), readingLease),
      work: (held) => read(ctx, held, signal),
      onFault: (error) => schemaEvents.workFailed(ctx.log, error),
    }),
}

async function read(ctx: Ctx, held: HeldInstance, signal: AbortSignal): Promise<void> {
  const instance = (await reachableInstances(ctx.db, [held.id])).get(held.id)
  if (instance !== undefined) await inWorkspace(instance.workspaceId, () => readTables(ctx, held, instance, signal))
}

async function readTables(
  ctx: Ctx,
  held: HeldInstance,
  instance: ReachableInstance,
  stopping: AbortSignal,
): Promise<void> {
  const { workspaceId, id: instanceId } = instance
  let failure: string | null = null
  try {
    const tables = await tablesAtAmc(ctx, instance, stopping)
    const now = ctx.now()
    const changes = await inTransaction(ctx.db, (tx) => keepReading(tx, { workspaceId, instanceId }, tables, now))
    schemaEvents.read(ctx.log, instance, tables.length, changes)
  } catch (error) {
    // A server that stops is no reason to wait; the next one reads at once.
    if (stopping.aborted) return releaseReading(ctx.db, held)
    schemaEvents.failed(ctx.log, instance, error)
    failure = error instanceof NoTables ? error.message : wordsForFault(error)
  }
  const now = ctx.now()
  await inTransaction(ctx.db, async (tx) => {
    await endReading(tx, held, failure, later(now, failure === null ? readAgainAfter : tryAgainAfter))
    await recordEvent(tx, workspaceId, { type: 'schema-read', instanceId }, now)
  })
  ctx.wake(tellEventsJobName)
}

/** No instance is without tables: an empty answer is a fault at Amazon, and to believe it would tell people that all is lost. */
class NoTables extends Error {
  override readonly name = 'NoTables'
}

async function tablesAtAmc(
  ctx: Ctx,
  { connectionId, target, amcInstanceId }: ReachableInstance,
  stopping: AbortSignal,
) {
  const amc = await ctx.amcFor(connectionId)
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(readingLimit)])
  const tables = []
  for await (const page of amc.listDataSources(target, amcInstanceId, { signal })) tables.push(...page.map(toLiveTable))
  if (tables.length === 0) throw new NoTables('Amazon answered without naming any table. It is asked again.')
  return tables.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

const schemaEvents = {
  read(log: Log, { id, amcInstanceId }: ReachableInstance, tables: number, changes: SchemaChange | null): void {
    const counts = {
      added: changes?.tablesAdded.length ?? 0,
      removed: changes?.tablesRemoved.length ?? 0,
      changed: changes?.tablesChanged.length ?? 0,
    }
    log.info({ instanceId: id, amcInstanceId, tables, ...counts }, 'the tables of an instance were read')
  },
  failed(log: Log, { id, amcInstanceId }: ReachableInstance, error: unknown): void {
    log.warn({ err: error, instanceId: id, amcInstanceId }, 'the tables of an instance could not be read')
  },
  workFailed(log: Log, error: unknown): void {
    log.error({ err: error, job: readSchemasJobName }, 'work on the tables of an instance failed')
  },
}
