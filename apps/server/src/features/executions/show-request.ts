import type { ExecutionId, SentToAmc, WorkspaceId } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { requireInstance } from '#features/instances/index.ts'
import { NeedsReconnect } from '#features/sign-in/index.ts'
import { requireExecution } from './executions.rows.ts'
import { maskedToken } from './preview-run.ts'
import { requireSentRequest } from './sent-request.store.ts'

/** The request of an execution as it goes over the wire, with its token masked, and AMC's answers about it. */
export async function showRequest(ctx: Ctx, workspaceId: WorkspaceId, executionId: ExecutionId): Promise<SentToAmc> {
  const { instance: known } = await requireExecution(ctx.db, workspaceId, executionId)
  const { request } = await requireSentRequest(ctx.db, workspaceId, executionId)
  const instance = await requireInstance(ctx.db, workspaceId, known.id)
  const { amc_answers: answers } = await ctx.db
    .selectFrom('workflow_executions')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', executionId)
    .select('amc_answers')
    .executeTakeFirstOrThrow()
  try {
    const amc = await ctx.amcFor(instance.connectionId)
    const wire = amc.describeWorkflowExecution(instance.target, instance.amcInstanceId, request, maskedToken)
    const { method, url, headers, body } = wire
    return { method, url, headers, body: body ?? '', answers }
  } catch (error) {
    if (!(error instanceof NeedsReconnect)) throw error
    // The host and the client id went with the settings of the connection.
    return { method: 'POST', url: '', headers: {}, body: JSON.stringify(request), answers }
  }
}
