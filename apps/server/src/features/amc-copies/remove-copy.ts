import { type AmcCopy, type InstanceId, Problem, type WorkflowId } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvent } from '#features/events/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { requireCopy } from './copies.rows.ts'
import { syncJobName } from './job-names.ts'

/** Keeps the wish that AMC drops its copy of a query. The row stays until AMC has said that it is gone (F-47). */
export async function removeCopy(
  ctx: Ctx,
  who: Member,
  workflowId: WorkflowId,
  instanceId: InstanceId,
): Promise<AmcCopy> {
  const now = ctx.now()
  await inTransaction(ctx.db, async (tx) => {
    const row = await tx
      .updateTable('amc_copies')
      .where('workspace_id', '=', who.workspaceId)
      .where('workflow_id', '=', workflowId)
      .where('instance_id', '=', instanceId)
      .set({ wanted: 'removed', state: 'waiting', failure: null, next_attempt_at: now, attempts: 0, updated_at: now })
      .returning('id')
      .executeTakeFirst()
    if (row === undefined) throw new Problem('copy-not-found')
    const object = { kind: 'query', id: workflowId } as const
    await recordAudit(tx, who, { action: 'copy-removal-asked-for', object, detail: { instanceId } }, now)
    await recordEvent(tx, who.workspaceId, { type: 'copy-changed', workflowId, instanceId }, now)
  })
  const copy = await requireCopy(ctx.db, who.workspaceId, workflowId, instanceId)
  ctx.wake(syncJobName)
  return copy
}
