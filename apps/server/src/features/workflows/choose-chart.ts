import { type BodyOf, Problem, type WorkflowId, type chooseChart as chooseChartEndpoint } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'

/** Keeps how the results of a query are drawn. It is no edit: the query keeps its version and its place in the list. */
export async function chooseChart(
  ctx: Ctx,
  who: Member,
  workflowId: WorkflowId,
  { chart }: BodyOf<typeof chooseChartEndpoint>,
): Promise<BodyOf<typeof chooseChartEndpoint>> {
  await inTransaction(ctx.db, async (tx) => {
    const kept = await tx
      .updateTable('workflows')
      .where('workspace_id', '=', who.workspaceId)
      .where('id', '=', workflowId)
      .where('deleted_at', 'is', null)
      .set({ chart: chart === null ? null : JSON.stringify(chart) })
      .returning('name')
      .executeTakeFirst()
    if (kept === undefined) throw new Problem('workflow-not-found')
    const object = { kind: 'query', id: workflowId, name: kept.name } as const
    await recordAudit(tx, who, { action: 'chart-chosen', object }, ctx.now())
  })
  return { chart }
}
