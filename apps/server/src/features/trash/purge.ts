import { type BodyOf, type ReplyOf, type WorkflowId, finalStatuses, type purgeWorkflows } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvents } from '#features/events/index.ts'
import type { ResultStore } from '#features/executions/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { removeForGood } from './remove-for-good.ts'
import { overSince } from './trash-life.ts'

/**
 * Deletes queries in the trash for good. Their time there is made over first: from then on nobody can put them back, and what a stop of
 * the server leaves undone is done by empty-trash.
 */
export async function purge(
  ctx: Ctx,
  who: Member,
  results: ResultStore,
  { workflowIds }: BodyOf<typeof purgeWorkflows>,
): Promise<ReplyOf<typeof purgeWorkflows>> {
  const now = ctx.now()
  const { gone, kept } = await inTransaction(ctx.db, async (tx) => {
    const trashed = await tx
      .selectFrom('workflows')
      .where('workspace_id', '=', who.workspaceId)
      .where('id', 'in', workflowIds)
      .where('deleted_at', 'is not', null)
      .forUpdate()
      .select(['id', 'name'])
      .execute()
    const ids = trashed.map(({ id }) => id)
    if (ids.length === 0) return { gone: [], kept: [] }
    const copies = await tx
      .selectFrom('amc_copies')
      .where('workspace_id', '=', who.workspaceId)
      .where('workflow_id', 'in', ids)
      .distinct()
      .select('workflow_id as id')
      .execute()
    const open = await tx
      .selectFrom('workflow_executions')
      .where('workspace_id', '=', who.workspaceId)
      .where('workflow_id', 'in', ids)
      .where('status', 'not in', finalStatuses)
      .distinct()
      .select('workflow_id as id')
      .execute()
    const reasons = new Map<WorkflowId, 'copy-at-amc' | 'runs'>([
      ...open.map(({ id }) => [id, 'runs'] as const),
      ...copies.map(({ id }) => [id, 'copy-at-amc'] as const),
    ])
    const free = ids.filter((id) => !reasons.has(id))
    if (free.length > 0) {
      await tx
        .updateTable('workflows')
        .where('workspace_id', '=', who.workspaceId)
        .where('id', 'in', free)
        .set({ deleted_at: overSince(now) })
        .execute()
      const deeds = trashed
        .filter(({ id }) => free.includes(id))
        .map(({ id, name }) => ({ action: 'query-purged', object: { kind: 'query', id, name } }) as const)
      await recordAudit(tx, who, deeds, now)
      await recordEvents(tx, who.workspaceId, [{ type: 'workflows-changed', workflowIds: free }], now)
    }
    return { gone: free, kept: [...reasons].map(([workflowId, reason]) => ({ workflowId, reason })) }
  })
  for (const id of gone) await removeForGood(ctx, results, id)
  return { workflowIds: gone, kept }
}
