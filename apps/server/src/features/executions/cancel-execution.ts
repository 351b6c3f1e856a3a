import { type Execution, type ExecutionId, Problem } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvent } from '#features/events/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { heldForCancelling, keepWish } from './cancelling.store.ts'
import { changeExecution } from './change-execution.ts'
import { executionEvents } from './executions.events.ts'
import { requireExecution } from './executions.rows.ts'
import { cancelJobName } from './job-names.ts'

/** Keeps the wish that a run may end. What AMC does not work on ends at once; otherwise a job asks AMC, and only AMC's word makes
 *  it cancelled. Asked again, it asks AMC again; a run that has ended in another way is a Problem execution-ended. */
export async function cancelExecution(ctx: Ctx, who: Member, executionId: ExecutionId): Promise<Execution> {
  const now = ctx.now()
  await inTransaction(ctx.db, async (tx) => {
    const held = await heldForCancelling(tx, who.workspaceId, executionId)
    if (held === null) throw new Problem('execution-not-found')
    const { status, workflowId } = held
    if (status === 'cancelled') return
    if (status === 'completed' || status === 'failed')
      throw new Problem('execution-ended', `It is ${status}; there is nothing left to end`)
    const object = { kind: 'execution', id: executionId } as const
    await recordAudit(tx, who, { action: 'run-cancelled', object, detail: { workflowId } }, now)
    if (status === 'queued' || status === 'ingesting') {
      const changes = { cancel_requested_at: now, finished_at: now, lease_until: null, next_attempt_at: null }
      await changeExecution(tx, held, 'cancelled', changes, now)
      return
    }
    await keepWish(tx, held, now)
    await recordEvent(tx, who.workspaceId, { type: 'execution-changed', executionId, workflowId, status }, now)
  })
  executionEvents.cancelRequested(ctx.log, executionId)
  ctx.wake(cancelJobName)
  return requireExecution(ctx.db, who.workspaceId, executionId)
}
