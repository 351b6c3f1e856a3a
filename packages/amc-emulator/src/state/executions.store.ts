import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'
import type { AcceptedRun } from '../amc/execution-request.ts'
import type { UtcWindow } from '../runs/window.ts'
import { addCount } from './counts.store.ts'
import { inTransaction } from './open-state.ts'

export type ExecutionStatus = 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'REJECTED'

/** A column of a result, in the words and order of recorded answers. */
export interface OutputColumn {
  columnType: 'DIMENSION' | 'METRIC'
  dataType: string | { type: 'ARRAY'; elementDataType: string; elementNullable: boolean }
  name: string
  precision?: number
  scale?: number
}

export interface ExecutionRow {
  id: string
  instanceId: string
  workflowId: string
  run: AcceptedRun
  window: UtcWindow | null
  status: ExecutionStatus
  statusReason: string | null
  createdAt: number
  updatedAt: number
  validatedAt: number | null
  executionSeconds: number | null
  outputColumns: OutputColumn[] | null
  parts: number
}

/** Accepts an execution and counts it, with what else has to be written with it: all or nothing. */
export function insertExecution(
  db: DatabaseSync,
  execution: Pick<ExecutionRow, 'id' | 'instanceId' | 'workflowId' | 'run' | 'window' | 'createdAt'>,
  also: () => void = () => undefined,
): void {
  inTransaction(db, () => {
    also()
    db.prepare(
      `insert into executions (id, instance_id, workflow_id, request, window_start, window_end, status, created_at, updated_at)
       values (?, ?, ?, ?, ?, ?, 'PENDING', ?, ?)`,
    ).run(
      execution.id,
      execution.instanceId,
      execution.workflowId,
      JSON.stringify(execution.run),
      execution.window?.start ?? null,
      execution.window?.end ?? null,
      execution.createdAt,
      execution.createdAt,
    )
    addCount(db, 'execution', execution.workflowId)
  })
}

export function findExecution(db: DatabaseSync, instanceId: string, id: string): ExecutionRow | null {
  const row = db.prepare('select * from executions where instance_id = ? and id = ?').get(instanceId, id)
  return row === undefined ? null : executionOf(row)
}

export interface ListFilter {
  instanceId: string
  workflowId: string | null
  createdFrom: number | null
  createdTo: number | null
  includeCancelled: boolean
  ascending: boolean
  after: { createdAt: number; id: string } | null
  limit: number
}

/** Executions by time of creation, newest first unless told, after a position. */
export function listExecutions(db: DatabaseSync, filter: ListFilter): ExecutionRow[] {
  const conditions = ['instance_id = ?']
  const values: SQLInputValue[] = [filter.instanceId]
  const demand = (condition: string, ...given: SQLInputValue[]) => {
    conditions.push(condition)
    values.push(...given)
  }
  if (filter.workflowId !== null) demand('workflow_id = ?', filter.workflowId)
  if (filter.createdFrom !== null) demand('created_at >= ?', filter.createdFrom)
  if (filter.createdTo !== null) demand('created_at <= ?', filter.createdTo)
  if (!filter.includeCancelled) demand("status <> 'CANCELLED'")
  const order = filter.ascending ? 'asc' : 'desc'
  if (filter.after !== null)
    demand(`(created_at, id) ${filter.ascending ? '>' : '<'} (?, ?)`, filter.after.createdAt, filter.after.id)
  return db
    .prepare(
      `select * from executions where ${conditions.join(' and ')} order by created_at ${order}, id ${order} limit ?`,
    )
    .all(...values, filter.limit)
    .map(executionOf)
}

/** Everything that has not ended, oldest first. */
export function openExecutions(db: DatabaseSync): { id: string; instanceId: string; status: ExecutionStatus }[] {
  return db
    .prepare(
      "select id, instance_id, status from executions where status in ('PENDING', 'RUNNING') order by created_at, id",
    )
    .all()
    .map((row) => ({
      id: String(row['id']),
      instanceId: String(row['instance_id']),
      status: row['status'] as ExecutionStatus,
    }))
}

/** What a step writes; fields that it leaves out stay. */
export interface Change {
  status?: ExecutionStatus
  statusReason?: string
  window?: UtcWindow
  validatedAt?: number
  executionSeconds?: number
  outputColumns?: OutputColumn[]
  parts?: number
}

/** Writes a step of an execution that is still in one of `from`; false when it is not, because it was cancelled meanwhile. */
export function changeExecution(
  db: DatabaseSync,
  id: string,
  from: readonly ('PENDING' | 'RUNNING')[],
  change: Change,
  now: Date,
): boolean {
  const result = db
    .prepare(
      `update executions set status = coalesce(?, status), status_reason = coalesce(?, status_reason),
         window_start = coalesce(?, window_start), window_end = coalesce(?, window_end),
         validated_at = coalesce(?, validated_at), execution_seconds = coalesce(?, execution_seconds),
         output_columns = coalesce(?, output_columns), parts = coalesce(?, parts), updated_at = ?
       where id = ? and status in (${from.map(() => '?').join(', ')})`,
    )
    .run(
      change.status ?? null,
      change.statusReason ?? null,
      change.window?.start ?? null,
      change.window?.end ?? null,
      change.validatedAt ?? null,
      change.executionSeconds ?? null,
      change.outputColumns === undefined ? null : JSON.stringify(change.outputColumns),
      change.parts ?? null,
      now.getTime(),
      id,
      ...from,
    )
  return result.changes === 1
}

/** Forgets an execution; its count stays. */
export function deleteExecution(db: DatabaseSync, id: string): void {
  db.prepare('delete from executions where id = ?').run(id)
}

function executionOf(row: Record<string, SQLOutputValue>): ExecutionRow {
  const window =
    row['window_start'] === null ? null : { start: String(row['window_start']), end: String(row['window_end']) }
  return {
    id: String(row['id']),
    instanceId: String(row['instance_id']),
    workflowId: String(row['workflow_id']),
    // Folders of older versions lack the two.
    run: { bucketName: '', schedule: 'adhoc', ...JSON.parse(String(row['request'])) },
    window,
    status: row['status'] as ExecutionStatus,
    statusReason: row['status_reason'] === null ? null : String(row['status_reason']),
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
    validatedAt: row['validated_at'] === null ? null : Number(row['validated_at']),
    executionSeconds: row['execution_seconds'] === null ? null : Number(row['execution_seconds']),
    outputColumns: row['output_columns'] === null ? null : JSON.parse(String(row['output_columns'])),
    parts: Number(row['parts']),
  }
}
