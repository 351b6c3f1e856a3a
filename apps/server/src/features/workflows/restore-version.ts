import type { Workflow, WorkflowId } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { requireVersion } from './require-version.ts'
import { saveVersion } from './save-workflow.ts'
import { requireWorkflowView } from './workflow-rows.store.ts'

/** Saves the content of an earlier version as a new one, on top of the version that the person saw; nothing that was saved goes. */
export async function restoreVersion(
  ctx: Ctx,
  who: Member,
  workflowId: WorkflowId,
  version: number,
  baseVersion: number,
): Promise<Workflow> {
  const { name, sqlQuery, parameters, values } = await requireVersion(ctx.db, who.workspaceId, workflowId, version)
  const content = { name, sqlQuery, parameters: [...parameters], values }
  await inTransaction(ctx.db, (tx) =>
    saveVersion(tx, who, workflowId, { ...content, baseVersion, restoredFrom: version }, ctx.now()),
  )
  return requireWorkflowView(ctx.db, who, workflowId)
}
