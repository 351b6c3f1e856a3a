import type { ExecutionId, Keeping, WorkspaceId } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Ctx } from '#context.ts'
import { removeEntries } from '#features/audit/index.ts'
import { recordEvent, tellEventsJobName } from '#features/events/index.ts'
import type { ResultStore } from '#features/executions/index.ts'
import { inWorkspace } from '#platform/db/scope.ts'
import type { Db } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Job } from '#platform/jobs/job.ts'
import { goesOnUntil, repeatParts } from '#platform/jobs/parts.ts'
import { minutes } from '#platform/time.ts'
import { removeOldJobName } from './job-names.ts'
import { auditBefore, deliveriesBefore, keepingColumns, pastSince, resultsBefore } from './keeping.store.ts'

const resultsAtOnce = 100
const rowsAtOnce = 1000

/**
 * Removes what is older than its workspace keeps it, a part at a time: the rows of results, entries of the audit log, the log of webhooks.
 * The row of a run says that its result is past its time before the file goes and for as long as the file may be there, so a round that
 * is killed is taken up by the next one. Two processes that do so at once take different rows, or remove the same file.
 */
export function removeOldJob(results: ResultStore): Job {
  return {
    name: removeOldJobName,
    everyMs: minutes(10),
    async run(ctx, signal, beat) {
      const goesOn = goesOnUntil(signal, beat)
      const removed = { results: 0, auditEntries: 0, deliveries: 0 }
      for await (const { id, ...keeping } of workspaces(ctx.db))
        await inWorkspace(id, async () => {
          const now = ctx.now()
          removed.results += await endResults(ctx, id, keeping, goesOn)
          removed.auditEntries += await repeatParts(goesOn, () => removeAudit(ctx.db, id, keeping, now))
          removed.deliveries += await repeatParts(goesOn, () => removeDeliveries(ctx.db, id, keeping, now))
        })
      await repeatParts(goesOn, () => removeFiles(ctx, results))
      if (Object.values(removed).some((count) => count > 0)) ctx.log.info(removed, 'what is past its time was removed')
    },
  }
}

async function* workspaces(db: Db): AsyncGenerator<Keeping & { id: WorkspaceId }> {
  let last: WorkspaceId | null = null
  for (;;) {
    const after = last
    const found: (Keeping & { id: WorkspaceId })[] = await db
      .selectFrom('workspaces')
      .$if(after !== null, (all) => all.where('id', '>', after as WorkspaceId))
      .orderBy('id')
      .limit(rowsAtOnce)
      .select(['id', ...keepingColumns])
      .execute()
    yield* found
    last = found.at(-1)?.id ?? null
    if (found.length < rowsAtOnce) return
  }
}

/** Says of results that their rows are past their time; what a preview of them kept in the row goes with that, and exported files too. */
async function endResults(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  { resultDays }: Keeping,
  goesOn: () => boolean,
): Promise<number> {
  if (resultDays === null) return 0
  const total = await repeatParts(goesOn, async () => {
    const now = ctx.now()
    return inTransaction(ctx.db, async (tx) => {
      // Not as a part of the change: PostgreSQL may look several times there, each time past what it has locked.
      const past = await resultsBefore(tx, workspaceId, pastSince(now, resultDays))
        .orderBy('e.finished_at')
        .limit(resultsAtOnce)
        .select('e.id')
        .forUpdate('e')
        .skipLocked()
        .execute()
      const executionIds: ExecutionId[] = past.map(({ id }) => id)
      if (executionIds.length === 0) return 0
      await tx
        .updateTable('workflow_executions')
        .where('workspace_id', '=', workspaceId)
        .where('id', 'in', executionIds)
        .set({ results_removed_at: now, result_file_waits: true, result_data: null, updated_at: now })
        .execute()
      await tx
        .updateTable('exports')
        .where('workspace_id', '=', workspaceId)
        .where('execution_id', 'in', executionIds)
        .set({ expires_at: now })
        .execute()
      await recordEvent(tx, workspaceId, { type: 'results-removed', executionIds }, now)
      return executionIds.length
    })
  })
  if (total > 0) {
    ctx.wake(tellEventsJobName)
    ctx.wake('delete-exports')
  }
  return total
}

async function removeFiles({ db }: Ctx, results: ResultStore): Promise<number> {
  const waiting = await db
    .selectFrom('workflow_executions')
    .where('result_file_waits', '=', true)
    .orderBy('id')
    .limit(resultsAtOnce)
    .select('id')
    .execute()
  if (waiting.length === 0) return 0
  const ids = waiting.map(({ id }) => id)
  for (const id of ids) await results.remove(id)
  await db.updateTable('workflow_executions').where('id', 'in', ids).set({ result_file_waits: false }).execute()
  return ids.length
}

/** By the clock of the database too, which refuses what is younger by it. */
async function removeAudit(db: Db, workspaceId: WorkspaceId, { auditDays }: Keeping, now: Date): Promise<number> {
  if (auditDays === null) return 0
  return removeEntries(db, (tx) =>
    auditBefore(tx, workspaceId, pastSince(now, auditDays))
      .where('at', '<', sql<Date>`now() - make_interval(hours => ${24 * auditDays})`)
      .orderBy('at')
      .limit(rowsAtOnce)
      .select('id'),
  )
}

async function removeDeliveries(
  db: Db,
  workspaceId: WorkspaceId,
  { deliveryDays }: Keeping,
  now: Date,
): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('webhook_deliveries')
    .where('id', 'in', () =>
      deliveriesBefore(db, workspaceId, pastSince(now, deliveryDays))
        .orderBy('created_at')
        .limit(rowsAtOnce)
        .select('id'),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}
