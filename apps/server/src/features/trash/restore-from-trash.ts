import type { BodyOf, ReplyOf, restoreWorkflows as endpoint } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvents } from '#features/events/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { overSince } from './trash-life.ts'

/** Takes queries out of the trash, and wishes to remove their copies back where AMC was not asked yet. What is older than the trash
 *  keeps is being removed for good, unless a copy at AMC holds it back. */
export async function restoreFromTrash(
  ctx: Ctx,
  who: Member,
  { workflowIds }: BodyOf<typeof endpoint>,
): Promise<ReplyOf<typeof endpoint>> {
  const now = ctx.now()
  return inTransaction(ctx.db, async (tx) => {
    const restored = await tx
      .updateTable('workflows')
      .where('workspace_id', '=', who.workspaceId)
      .where('id', 'in', workflowIds)
      .where((eb) =>
        eb.or([
          eb('deleted_at', '>', overSince(now)),
          eb.exists(eb.selectFrom('amc_copies').whereRef('amc_copies.workflow_id', '=', 'workflows.id').select('id')),
        ]),
      )
      .where('deleted_at', 'is not', null)
      .set({ deleted_at: null })
      .returning(['id', 'name'])
      .execute()
    const ids = restored.map(({ id }) => id)
    if (ids.length === 0) return { workflowIds: [] }
    const deeds = restored.map(
      ({ id, name }) => ({ action: 'query-put-back', object: { kind: 'query', id, name } }) as const,
    )
    await recordAudit(tx, who, deeds, now)
    const kept = await tx
      .updateTable('amc_copies')
      .where('workspace_id', '=', who.workspaceId)
      .where('workflow_id', 'in', ids)
      .where('wanted', '=', 'removed')
      .where('next_attempt_at', '>', now)
      .where('attempts', '=', 0)
      .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
      .set((eb) => ({
        wanted: 'stored',
        state: eb
          .case()
          .when(eb('stored_hash', '=', eb.ref('hash')))
          .then('settled' as const)
          .else('waiting' as const)
          .end(),
        next_attempt_at: now,
        updated_at: now,
      }))
      .returning(['workflow_id', 'instance_id'])
      .execute()
    const copies = kept.map(
      ({ workflow_id: workflowId, instance_id: instanceId }) =>
        ({ type: 'copy-changed', workflowId, instanceId }) as const,
    )
    await recordEvents(tx, who.workspaceId, [{ type: 'workflows-changed', workflowIds: ids }, ...copies], now)
    return { workflowIds: ids }
  })
}
