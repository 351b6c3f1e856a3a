import type { AnswerAsCame } from '@recomamp/amc-client'
import type { AmcExecutionId } from '@recomamp/amc-wire'
import type { ExecutionId, ExecutionStatus, InstanceId } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Db, StoredFailure } from '#platform/db/tables.ts'
import { claimRows } from '#platform/db/leases.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import { later } from '#platform/time.ts'
import { refusedAnswer, withAnswers } from './amc-answers.ts'
import { changeExecution, type HeldExecution } from './change-execution.ts'
import { resultColumnsOf } from './results/result-layout.ts'
import type { StoredResult } from './results/result-store.ts'
import { readSentRequest, type SentRequest } from './sent-request.ts'

/** An execution whose rows are at AMC and not yet here. */
export interface Ingestion extends HeldExecution, SentRequest {
  instanceId: InstanceId
  amcExecutionId: AmcExecutionId
  submittedAt: Date
  /** Null where AMC does not say. */
  expiresAt: Date | null
  attempts: number
}

/** Takes the execution that has waited longest for its rows; null when none is due. */
export async function claimIngestion(db: Db, now: Date, leaseMs: number): Promise<Ingestion | null> {
  const [id] = await claimRows<ExecutionId>(db, {
    table: 'workflow_executions',
    lease: 'lease_until',
    due: sql`status = 'ingesting' and (next_attempt_at is null or next_attempt_at <= ${now})`,
    first: sql`updated_at`,
    now,
    leaseMs,
    limit: 1,
  })
  if (id === undefined) return null
  const row = await db
    .selectFrom('workflow_executions')
    .where('id', '=', id)
    .select([
      'id',
      'workspace_id',
      'workflow_id',
      'instance_id',
      'status',
      'amc_execution_id',
      'requested_at',
      'submitted_at',
      'expires_at',
      'attempts',
      'request',
      'template',
      'source_map',
      'copy_definition',
      'copy_hash',
      'dry_run',
    ])
    .executeTakeFirst()
  if (row === undefined || row.amc_execution_id === null) return null
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    workflowId: row.workflow_id,
    status: row.status,
    dryRun: row.dry_run,
    instanceId: row.instance_id,
    amcExecutionId: row.amc_execution_id,
    submittedAt: row.submitted_at ?? row.requested_at,
    expiresAt: row.expires_at,
    attempts: row.attempts,
    ...readSentRequest(row),
  }
}

/** Keeps an execution for the worker that fetches its rows. */
export async function renewIngestion(db: Db, id: ExecutionId, until: Date): Promise<void> {
  await db
    .updateTable('workflow_executions')
    .where('id', '=', id)
    .where('status', '=', 'ingesting')
    .set({ lease_until: until })
    .execute()
}

/** Ends an execution whose rows stand in the store. */
export async function complete(
  db: Db,
  held: Ingestion,
  stored: StoredResult,
  now: Date,
): Promise<ExecutionStatus | null> {
  const changes = {
    result_columns: JSON.stringify(resultColumnsOf(stored.layout)),
    result_data: JSON.stringify({ layout: stored.layout, preview: stored.preview }),
    row_count: stored.rowCount,
    filtered_row_count: stored.filteredRowCount,
    result_bytes: stored.bytes,
    result_checksum: stored.checksum,
    finished_at: now,
    lease_until: null,
    next_attempt_at: null,
  }
  return inTransaction(db, (tx) => changeExecution(tx, held, 'stored', changes, now))
}

/** Ends an execution whose rows cannot be had any more. */
export async function loseResults(
  db: Db,
  held: Ingestion,
  failure: StoredFailure,
  answer: AnswerAsCame | null,
  now: Date,
): Promise<ExecutionStatus | null> {
  const changes = {
    failure: JSON.stringify(failure),
    amc_answers: withAnswers(refusedAnswer('result', answer, now)),
    finished_at: now,
    lease_until: null,
    next_attempt_at: null,
  }
  return inTransaction(db, (tx) => changeExecution(tx, held, 'results-lost', changes, now))
}

/** Lets an execution wait for another try to fetch its rows, with the failures that it has by now. */
export async function ingestLater(db: Db, held: Ingestion, nextAt: Date, now: Date): Promise<void> {
  await db
    .updateTable('workflow_executions')
    .where('id', '=', held.id)
    .where('status', '=', 'ingesting')
    .set({ lease_until: later(now, 0), next_attempt_at: nextAt, attempts: held.attempts })
    .execute()
}
