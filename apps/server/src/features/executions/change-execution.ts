import type { AmcExecution } from '@recomamp/amc-wire'
import type { ExecutionId, ExecutionStatus, ResultColumn, WorkflowId, WorkspaceId } from '@recomamp/contracts'
import type { RawBuilder, Updateable } from 'kysely'
import { recordEvent } from '#features/events/index.ts'
import type { Database, Tx } from '#platform/db/tables.ts'
import { failureOf } from './amc-failure.ts'
import { afterEvent, eventOfAmcStatus, type ExecutionEvent } from './executions.lifecycle.ts'
import { declaredColumns } from './results/result-layout.ts'
import type { SentRequest } from './sent-request.ts'

/** An execution as a worker holds it. */
export interface HeldExecution {
  id: ExecutionId
  workspaceId: WorkspaceId
  workflowId: WorkflowId
  status: ExecutionStatus
  /** AMC only checks the query. */
  dryRun: boolean
}

type Changes = Omit<Updateable<Database['workflow_executions']>, 'id' | 'status' | 'updated_at' | 'amc_answers'> & {
  amc_answers?: RawBuilder<string>
}

/** Applies an event to an execution and records what happened, both or neither; answers the new state, or null when another
 *  worker changed it meanwhile or the event means nothing in its state. */
export async function changeExecution(
  tx: Tx,
  held: HeldExecution,
  event: ExecutionEvent,
  changes: Changes,
  now: Date,
): Promise<ExecutionStatus | null> {
  const status = afterEvent(held.status, event)
  if (status === null) return null
  const changed = await tx
    .updateTable('workflow_executions')
    .set({ ...changes, status, updated_at: now })
    .where('workspace_id', '=', held.workspaceId)
    .where('id', '=', held.id)
    .where('status', '=', held.status)
    .returning('id')
    .executeTakeFirst()
  if (changed === undefined) return null
  const { id, workflowId } = held
  await recordEvent(tx, held.workspaceId, { type: 'execution-changed', executionId: id, workflowId, status }, now)
  return status
}

/** What AMC's answer about a run means for our row. */
export interface AmcNews {
  event: ExecutionEvent
  amcStatus: string
  expiresAt: Date | null
  executionTimeSeconds: number | null
  /** Only for a run that ended badly. */
  failure: ReturnType<typeof failureOf> | null
  /** Only of a run that was a check: what the rows would have had. */
  columns: ResultColumn[] | null
  /** What AMC said, where it is the last word about the run. */
  lastWord: Pick<AmcExecution, 'raw'> | null
}

/** Reads AMC's answer about a held run; `sent` is needed for the place of a failure only. */
export function newsOf(
  answer: AmcExecution,
  { dryRun }: Pick<HeldExecution, 'dryRun'>,
  sent: SentRequest | null,
): AmcNews {
  const told = eventOfAmcStatus(answer.status)
  const event = told === 'succeeded' && dryRun ? 'checked' : told
  const cause = answer.status === 'REJECTED' ? 'amc-rejected' : 'amc-failed'
  const amc = { message: answer.statusReason, requestId: null }
  return {
    event,
    amcStatus: answer.status,
    expiresAt: instant(answer.expireTime),
    executionTimeSeconds: answer.executionTime,
    failure: event === 'failed' && sent !== null ? failureOf(cause, amc, sent) : null,
    columns: event === 'checked' ? declaredColumns(answer.outputColumns) : null,
    lastWord: endsRun(event) || event === 'succeeded' ? answer : null,
  }
}

/** Whether an event from AMC ends a run for good; rows that are still to be fetched keep it going. */
export function endsRun(event: ExecutionEvent): boolean {
  return event === 'failed' || event === 'cancelled' || event === 'checked'
}

function instant(text: string | null): Date | null {
  const time = text === null ? NaN : Date.parse(text)
  return Number.isNaN(time) ? null : new Date(time)
}
