import type { AmcExecutionId } from '@recomamp/amc-wire'
import type { Cancellation, ExecutionId, InstanceId, WorkspaceId } from '@recomamp/contracts'
import { sql } from 'kysely'
import { recordEvent } from '#features/events/index.ts'
import { claimRows } from '#platform/db/leases.ts'
import type { Db, Tx } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { HeldExecution } from './change-execution.ts'
import type { OpenExecution } from './polling.store.ts'

/** A run that somebody wants to end. */
export interface UnwantedExecution extends HeldExecution {
  instanceId: InstanceId
  /** Null while it waits here, for AMC did not take it. */
  atAmc: OpenExecution | null
  /** Questions to AMC so far. */
  attempts: number
}

/** One execution of the workspace, locked until the transaction ends; null where there is none. */
export async function heldForCancelling(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: ExecutionId,
): Promise<HeldExecution | null> {
  const row = await tx
    .selectFrom('workflow_executions')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .select(['workflow_id', 'status', 'dry_run'])
    .executeTakeFirst()
  if (row === undefined) return null
  return { id, workspaceId, workflowId: row.workflow_id, status: row.status, dryRun: row.dry_run }
}

/** Keeps that a run is to end, and that AMC is to be asked now. */
export async function keepWish(tx: Tx, held: HeldExecution, now: Date): Promise<void> {
  await tx
    .updateTable('workflow_executions')
    .where('workspace_id', '=', held.workspaceId)
    .where('id', '=', held.id)
    .set((eb) => ({
      cancel_requested_at: eb.fn.coalesce('cancel_requested_at', eb.val(now)),
      cancel_failure: null,
      cancel_next_at: now,
      cancel_attempts: 0,
      updated_at: now,
    }))
    .execute()
}

/** Takes the run whose end has been wished for longest and may be asked for now; null when there is none. */
export async function claimUnwanted(db: Db, now: Date, leaseMs: number): Promise<UnwantedExecution | null> {
  const [id] = await claimRows<ExecutionId>(db, {
    table: 'workflow_executions',
    lease: 'cancel_next_at',
    due: sql`cancel_next_at is not null and (status = 'queued' or (status in ('pending', 'running') and amc_execution_id is not null))`,
    first: sql`cancel_next_at`,
    now,
    leaseMs,
    limit: 1,
  })
  if (id === undefined) return null
  const row = await db
    .selectFrom('workflow_executions')
    .where('id', '=', id)
    .select(['workspace_id', 'workflow_id', 'instance_id', 'status', 'dry_run', 'amc_execution_id'])
    .select(['requested_at', 'submitted_at', 'expires_at', 'attempts', 'cancel_attempts'])
    .executeTakeFirstOrThrow()
  const { amc_execution_id: amcExecutionId, workspace_id: workspaceId, workflow_id: workflowId, status } = row
  const held: HeldExecution = { id, workspaceId, workflowId, status, dryRun: row.dry_run }
  return {
    ...held,
    instanceId: row.instance_id,
    atAmc: amcExecutionId === null ? null : openOf(held, row, amcExecutionId),
    attempts: row.cancel_attempts,
  }
}

function openOf(
  held: HeldExecution,
  row: { requested_at: Date; submitted_at: Date | null; expires_at: Date | null; attempts: number },
  amcExecutionId: AmcExecutionId,
): OpenExecution {
  const submittedAt = row.submitted_at ?? row.requested_at
  return { ...held, amcExecutionId, submittedAt, expiresAt: row.expires_at, attempts: row.attempts }
}

/** Keeps what came of asking AMC to end a run: nothing more to ask (null), or why it has not ended and when it is asked again. */
export async function keepOutcome(
  db: Db,
  held: HeldExecution,
  failure: Cancellation['failure'],
  again: Date | null,
  now: Date,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const row = await tx
      .updateTable('workflow_executions')
      .where('workspace_id', '=', held.workspaceId)
      .where('id', '=', held.id)
      .set((eb) => ({
        cancel_failure: failure === null ? null : JSON.stringify(failure),
        cancel_next_at: again,
        cancel_attempts: eb('cancel_attempts', '+', 1),
        updated_at: now,
      }))
      .returning('status')
      .executeTakeFirst()
    if (row === undefined || failure === null) return
    const { id: executionId, workflowId } = held
    const event = { type: 'execution-changed', executionId, workflowId, status: row.status } as const
    await recordEvent(tx, held.workspaceId, event, now)
  })
}
