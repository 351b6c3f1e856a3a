import { createHash } from 'node:crypto'
import { AmcDateTime } from '@recomamp/amc-wire'
import {
  type Execution,
  type ExecutionId,
  type ExecutionSummary,
  type ParameterDeclaration,
  Problem,
  type ReplyOf,
  type WorkflowId,
  type WorkspaceId,
  type getExecutionStatus,
} from '@recomamp/contracts'
import { latestSnapshot } from '#features/live-schemas/index.ts'
import { requireVersion } from '#features/workflows/index.ts'
import type { Db } from '#platform/db/tables.ts'
import { explained } from './amc-failure.ts'
import { readSentRequest, sqlSentOf } from './sent-request.ts'

/** One execution of the workspace with what was sent; a Problem execution-not-found where there is none. */
export async function requireExecution(db: Db, workspaceId: WorkspaceId, executionId: ExecutionId): Promise<Execution> {
  const row = await summaryRows(db, workspaceId)
    .where('workflow_executions.id', '=', executionId)
    .select([
      'workflow_executions.template',
      'workflow_executions.request',
      'workflow_executions.source_map',
      'workflow_executions.copy_definition',
      'workflow_executions.copy_hash',
      'workflow_executions.copy_recreated',
      'workflow_executions.parameter_values',
      'workflow_executions.privacy_filtering_behavior',
      'workflow_executions.amc_workflow_id',
      'workflow_executions.result_columns',
      'workflow_executions.result_bytes',
      'workflow_executions.execution_time_seconds',
      'workflow_executions.running_at',
      'workflow_executions.warnings',
      'workflow_executions.result_checksum',
      'workflow_executions.parameters',
    ])
    .executeTakeFirst()
  if (row === undefined) throw new Problem('execution-not-found')
  const sent = readSentRequest(row)
  const sqlSent = sqlSentOf(sent)
  const snapshot = await latestSnapshot(db, workspaceId, row.instance_id, row.requested_at)
  return {
    ...toSummary(row),
    template: sent.template,
    textHash: createHash('sha256').update(sent.template).digest('hex'),
    sqlSent,
    fills: sent.sourceMap.fills.map(({ template, sent: of, parameters }) => ({ template, sent: of, parameters })),
    parameters: row.parameters ?? (await parametersOfVersion(db, workspaceId, row)),
    values: row.parameter_values,
    privacyFilteringBehavior: row.privacy_filtering_behavior,
    amcWorkflowId: row.amc_workflow_id,
    columns: row.result_columns,
    resultBytes: count(row.result_bytes),
    executionTimeSeconds: row.execution_time_seconds,
    runningAt: row.running_at?.toISOString() ?? null,
    copy: sent.request.workflowId === undefined ? null : { recreated: row.copy_recreated },
    warnings: row.warnings,
    provenance: {
      sqlHash: createHash('sha256').update(sqlSent).digest('hex'),
      resultHash: row.result_checksum,
      schemaSnapshot: snapshot === null ? null : { id: snapshot.id, readAt: snapshot.firstReadAt.toISOString() },
    },
  }
}

/** For runs from before the declarations were kept beside the run. */
async function parametersOfVersion(
  db: Db,
  workspaceId: WorkspaceId,
  { workflow_id: workflowId, workflow_version: version }: { workflow_id: WorkflowId; workflow_version: number | null },
): Promise<ParameterDeclaration[]> {
  if (version === null) return []
  const { parameters } = await requireVersion(db, workspaceId, workflowId, version)
  return [...parameters]
}

/** Where an execution of the workspace stands, from one row by its key. */
export async function requireStatus(
  db: Db,
  workspaceId: WorkspaceId,
  executionId: ExecutionId,
): Promise<ReplyOf<typeof getExecutionStatus>> {
  const row = await db
    .selectFrom('workflow_executions')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', executionId)
    .select(['id', 'status', 'amc_status', 'last_answer_at'])
    .executeTakeFirst()
  if (row === undefined) throw new Problem('execution-not-found')
  const lastAnswerAt = row.last_answer_at?.toISOString() ?? null
  return { id: row.id, status: row.status, amcStatus: row.amc_status, lastAnswerAt }
}

/** The rows of a workspace as lists show them. */
export function summaryRows(db: Db, workspaceId: WorkspaceId) {
  return db
    .selectFrom('workflow_executions')
    .innerJoin('workflows', 'workflows.id', 'workflow_executions.workflow_id')
    .innerJoin('amc_instances', 'amc_instances.id', 'workflow_executions.instance_id')
    .innerJoin('users', 'users.id', 'workflow_executions.requested_by')
    .where('workflow_executions.workspace_id', '=', workspaceId)
    .select([
      'workflow_executions.id',
      'workflow_executions.workflow_id',
      'workflow_executions.workflow_version',
      'workflow_executions.base_version',
      'workflow_executions.instance_id',
      'workflow_executions.status',
      'workflow_executions.amc_status',
      'workflow_executions.amc_execution_id',
      'workflow_executions.window_start',
      'workflow_executions.window_end',
      'workflow_executions.time_zone',
      'workflow_executions.requested_by',
      'workflow_executions.requested_at',
      'workflow_executions.submitted_at',
      'workflow_executions.finished_at',
      'workflow_executions.last_answer_at',
      'workflow_executions.row_count',
      'workflow_executions.filtered_row_count',
      'workflow_executions.results_removed_at',
      'workflow_executions.failure',
      'workflow_executions.dry_run',
      'workflow_executions.cancel_requested_at',
      'workflow_executions.cancel_failure',
      'workflows.name as workflow_name',
      'amc_instances.name as instance_name',
      'amc_instances.amc_instance_id',
      'amc_instances.settled_after_days',
      'users.name as requested_by_name',
    ])
}

/** A row as the API shows it. */
export function toSummary(
  row: Awaited<ReturnType<ReturnType<typeof summaryRows>['executeTakeFirstOrThrow']>>,
): ExecutionSummary {
  return {
    id: row.id,
    workflow: { id: row.workflow_id, name: row.workflow_name },
    version: row.workflow_version,
    baseVersion: row.base_version,
    dryRun: row.dry_run,
    instance: {
      id: row.instance_id,
      name: row.instance_name,
      amcInstanceId: row.amc_instance_id,
      settledAfterDays: row.settled_after_days,
    },
    status: row.status,
    amcStatus: row.amc_status,
    amcExecutionId: row.amc_execution_id,
    window: {
      start: AmcDateTime.parse(row.window_start),
      end: AmcDateTime.parse(row.window_end),
      timeZone: row.time_zone,
    },
    requestedBy: { id: row.requested_by, name: row.requested_by_name },
    requestedAt: row.requested_at.toISOString(),
    submittedAt: row.submitted_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    lastAnswerAt: row.last_answer_at?.toISOString() ?? null,
    rowCount: count(row.row_count),
    filteredRowCount: count(row.filtered_row_count),
    resultsRemovedAt: row.results_removed_at?.toISOString() ?? null,
    failure: row.failure === null ? null : explained(row.failure),
    cancellation:
      row.cancel_requested_at === null
        ? null
        : {
            requestedAt: row.cancel_requested_at.toISOString(),
            // AMC's word that the run has ended may be stored before its answer to the question is.
            failure: row.status === 'cancelled' ? null : row.cancel_failure,
          },
  }
}

function count(bigint: string | null): number | null {
  return bigint === null ? null : Number(bigint)
}
