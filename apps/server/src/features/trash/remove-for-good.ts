import type { ExecutionId, WorkflowId } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { ResultStore } from '#features/executions/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'

/** Of one that is over: from here on nobody can take it out of the trash any more, so that the files may go first. */
export async function removeForGood({ db, log }: Ctx, results: ResultStore, workflowId: WorkflowId): Promise<void> {
  const executions = await db
    .selectFrom('workflow_executions')
    .where('workflow_id', '=', workflowId)
    .select('id')
    .execute()
  const ids: ExecutionId[] = executions.map(({ id }) => id)
  for (const id of ids) await results.remove(id)
  await inTransaction(db, async (tx) => {
    const ofQuery = tx.selectFrom('workflow_executions').where('workflow_id', '=', workflowId).select('id')
    await tx.deleteFrom('idempotency_keys').where('execution_id', 'in', ofQuery).execute()
    // Files of exports go with delete-exports.
    await tx.deleteFrom('workflow_executions').where('workflow_id', '=', workflowId).execute()
    await tx.deleteFrom('workflow_drafts').where('workflow_id', '=', workflowId).execute()
    await tx.deleteFrom('workflow_versions').where('workflow_id', '=', workflowId).execute()
    await tx.deleteFrom('workflows').where('id', '=', workflowId).execute()
  })
  log.info({ workflowId, executions: ids.length }, 'a query was removed for good')
}
