import type { Keeping, WorkspaceId } from '@recomamp/contracts'
import type { Db } from '#platform/db/tables.ts'
import { hours, later } from '#platform/time.ts'

export const keepingColumns = [
  'result_days as resultDays',
  'audit_days as auditDays',
  'delivery_days as deliveryDays',
] as const

/** How long a workspace keeps what may go. */
export async function keepingOf(db: Db, workspaceId: WorkspaceId): Promise<Keeping> {
  return db.selectFrom('workspaces').where('id', '=', workspaceId).select(keepingColumns).executeTakeFirstOrThrow()
}

/** What happened before it is past a time of so many days. */
export function pastSince(now: Date, days: number): Date {
  return later(now, -hours(24 * days))
}

/** The executions of a workspace whose rows are here and were finished before. One of which a file is being made waits for that. */
export function resultsBefore(db: Db, workspaceId: WorkspaceId, before: Date) {
  return db
    .selectFrom('workflow_executions as e')
    .where('e.workspace_id', '=', workspaceId)
    .where('e.status', '=', 'completed')
    .where('e.dry_run', '=', false)
    .where('e.results_removed_at', 'is', null)
    .where('e.finished_at', '<', before)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('exports')
            .whereRef('exports.execution_id', '=', 'e.id')
            .where('exports.status', 'in', ['queued', 'running'])
            .select('exports.id'),
        ),
      ),
    )
}

/** Deliveries to webhooks of a workspace that have come to an end and were made before. */
export function deliveriesBefore(db: Db, workspaceId: WorkspaceId, before: Date) {
  return db
    .selectFrom('webhook_deliveries')
    .where('workspace_id', '=', workspaceId)
    .where('state', '<>', 'waiting')
    .where('created_at', '<', before)
}

/** Entries of the log of a workspace from before. */
export function auditBefore(db: Db, workspaceId: WorkspaceId, before: Date) {
  return db.selectFrom('audit_log').where('workspace_id', '=', workspaceId).where('at', '<', before)
}
