import type { BodyOf, ReplyOf, WorkflowId, trashWorkflows as endpoint } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvents } from '#features/events/index.ts'
import type { Tx } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { later } from '#platform/time.ts'
import { undoTime } from './trash-life.ts'

/** Moves queries to the trash and, on request, keeps the wish that AMC drops its copies of them: a row until AMC has confirmed it, so
 *  that no copy is ever forgotten. Runs that are under way go on. */
export async function moveToTrash(
  ctx: Ctx,
  who: Member,
  { workflowIds, copies }: BodyOf<typeof endpoint>,
): Promise<ReplyOf<typeof endpoint>> {
  const now = ctx.now()
  return inTransaction(ctx.db, async (tx) => {
    const moved = await tx
      .updateTable('workflows')
      .where('workspace_id', '=', who.workspaceId)
      .where('id', 'in', workflowIds)
      .where('deleted_at', 'is', null)
      .set({ deleted_at: now })
      .returning(['id', 'name'])
      .execute()
    const removing = copies === 'remove' ? await wishRemoval(tx, who, workflowIds, now) : []
    const deeds = moved.map(
      ({ id, name }) => ({ action: 'query-trashed', object: { kind: 'query', id, name }, detail: { copies } }) as const,
    )
    const removals = removing.map(
      ({ workflowId: id, instanceId }) =>
        ({ action: 'copy-removal-asked-for', object: { kind: 'query', id }, detail: { instanceId } }) as const,
    )
    await recordAudit(tx, who, [...deeds, ...removals], now)
    const ids = moved.map(({ id }) => id)
    const changed = ids.length === 0 ? [] : [{ type: 'workflows-changed', workflowIds: ids } as const]
    await recordEvents(tx, who.workspaceId, [...changed, ...removing], now)
    return { workflowIds: ids }
  })
}

/** Of queries that are in the trash already too: that is how a copy that was kept is removed after all. */
async function wishRemoval(tx: Tx, who: Member, workflowIds: readonly WorkflowId[], now: Date) {
  const copies = await tx
    .updateTable('amc_copies')
    .where('workspace_id', '=', who.workspaceId)
    .where('workflow_id', 'in', workflowIds)
    .where((eb) => eb.or([eb('wanted', '=', 'stored'), eb('state', '=', 'failed')]))
    .set({
      wanted: 'removed',
      state: 'waiting',
      failure: null,
      next_attempt_at: later(now, undoTime),
      attempts: 0,
      updated_at: now,
    })
    .returning(['workflow_id', 'instance_id'])
    .execute()
  return copies.map(
    ({ workflow_id: workflowId, instance_id: instanceId }) =>
      ({ type: 'copy-changed', workflowId, instanceId }) as const,
  )
}
