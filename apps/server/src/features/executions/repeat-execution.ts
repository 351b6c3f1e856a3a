import type { Execution, ExecutionId } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { requireInstance } from '#features/instances/index.ts'
import type { Member } from '#platform/http/app-types.ts'
import { requestUnder } from './compile-execution.ts'
import { requireExecution } from './executions.rows.ts'
import { recordRun } from './record-run.ts'
import { requireSentRequest } from './sent-request.store.ts'

/** Records the request of an execution once more: what was compiled then is sent, whatever has been saved or learnt since. */
export function repeatExecution(
  ctx: Ctx,
  who: Member,
  executionId: ExecutionId,
  idempotencyKey: string | undefined,
): Promise<Execution> {
  return recordRun(ctx, who, { request: { repeat: executionId }, idempotencyKey }, async (id) => {
    const first = await requireExecution(ctx.db, who.workspaceId, executionId)
    const sent = await requireSentRequest(ctx.db, who.workspaceId, executionId)
    const { version, baseVersion, dryRun, parameters, values, privacyFilteringBehavior, window, warnings } = first
    return {
      workflowId: first.workflow.id,
      version,
      baseVersion,
      dryRun,
      instance: await requireInstance(ctx.db, who.workspaceId, first.instance.id),
      parameters,
      values,
      privacyFilteringBehavior,
      compiled: { ...sent, ...requestUnder(id, { ...sent, amcWorkflowId: first.amcWorkflowId }), window, warnings },
    }
  })
}
