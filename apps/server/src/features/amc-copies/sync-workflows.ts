import { type BodyOf, Problem, type ReplyOf, type syncWorkflows as endpoint } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { copyState } from '#features/workflows/index.ts'
import type { Member } from '#platform/http/app-types.ts'
import { syncWorkflow } from './sync-workflow.ts'

/** Asks for every copy of these queries that lacks the text of its current version, or that AMC did not take, to be brought in step.
 *  A copy that is being removed is left to that. */
export async function syncWorkflows(
  ctx: Ctx,
  who: Member,
  { workflowIds }: BodyOf<typeof endpoint>,
): Promise<ReplyOf<typeof endpoint>> {
  const copies = await ctx.db
    .selectFrom('amc_copies')
    .innerJoin('workflows', 'workflows.id', 'amc_copies.workflow_id')
    .where('amc_copies.workspace_id', '=', who.workspaceId)
    .where('workflows.id', 'in', workflowIds)
    .where('workflows.deleted_at', 'is', null)
    .where('amc_copies.wanted', '=', 'stored')
    .where(copyState, 'in', ['behind', 'failed'])
    .select(['workflows.id', 'workflows.version', 'amc_copies.instance_id', 'amc_copies.privacy_filtering_behavior'])
    .execute()
  const refused: ReplyOf<typeof endpoint>['refused'] = []
  for (const { id, version, instance_id: instanceId, privacy_filtering_behavior: behavior } of copies)
    try {
      await syncWorkflow(ctx, who, id, { version, instanceId, privacyFilteringBehavior: behavior })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      refused.push({ workflowId: id, instanceId, message: error.message })
    }
  return { asked: copies.length - refused.length, refused }
}
