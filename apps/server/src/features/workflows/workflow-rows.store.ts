import {
  Problem,
  type UserId,
  type Workflow,
  type WorkflowDraft,
  type WorkflowId,
  type WorkflowSummary,
  type WorkflowVersion,
  type WorkspaceId,
} from '@recomamp/contracts'
import type { Db } from '#platform/db/tables.ts'
import { requireWorkflow } from './require-version.ts'

/** The rows of the list of queries, each with its instance, author and latest execution, in one statement. */
export function summaryRows(db: Db, workspaceId: WorkspaceId) {
  return db
    .selectFrom('workflows')
    .innerJoin('users', 'users.id', 'workflows.user_id')
    .leftJoin('amc_instances', 'amc_instances.id', 'workflows.instance_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('workflow_executions')
          .whereRef('workflow_executions.workflow_id', '=', 'workflows.id')
          // A check has no rows to come back to.
          .where('workflow_executions.dry_run', '=', false)
          .orderBy('workflow_executions.requested_at', 'desc')
          .limit(1)
          .select([
            'workflow_executions.id',
            'workflow_executions.status',
            'workflow_executions.requested_at',
            'workflow_executions.row_count',
          ])
          .as('latest'),
      (join) => join.onTrue(),
    )
    .where('workflows.workspace_id', '=', workspaceId)
    .select([
      'workflows.id',
      'workflows.name',
      'workflows.version',
      'workflows.created_at',
      'workflows.updated_at',
      'workflows.instance_id',
      'amc_instances.name as instance_name',
      'workflows.user_id',
      'users.name as user_name',
      'latest.id as latest_id',
      'latest.status as latest_status',
      'latest.requested_at as latest_requested_at',
      'latest.row_count as latest_row_count',
    ])
}

type SummaryRow = Awaited<ReturnType<ReturnType<typeof summaryRows>['executeTakeFirstOrThrow']>>

/** The one place where a row becomes the summary that the API shows. */
export function toSummary(row: SummaryRow): WorkflowSummary {
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    instance: row.instance_id === null ? null : { id: row.instance_id, name: row.instance_name ?? '' },
    author: { id: row.user_id, name: row.user_name },
    latestExecution:
      row.latest_id === null || row.latest_status === null || row.latest_requested_at === null
        ? null
        : {
            id: row.latest_id,
            status: row.latest_status,
            requestedAt: row.latest_requested_at.toISOString(),
            rowCount: row.latest_row_count === null ? null : Number(row.latest_row_count),
          },
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

/** A query with its current version and the person's own draft; a Problem workflow-not-found. */
export async function requireWorkflowView(
  db: Db,
  who: { workspaceId: WorkspaceId; userId: UserId },
  workflowId: WorkflowId,
): Promise<Workflow> {
  const row = await summaryRows(db, who.workspaceId)
    .where('workflows.id', '=', workflowId)
    .innerJoin('workflow_versions', (join) =>
      join
        .onRef('workflow_versions.workflow_id', '=', 'workflows.id')
        .onRef('workflow_versions.version', '=', 'workflows.version'),
    )
    .innerJoin('users as saver', 'saver.id', 'workflow_versions.saved_by')
    .select([
      'workflows.template_id',
      'workflow_versions.sql_query',
      'workflow_versions.parameters',
      'workflow_versions.parameter_values',
      'workflow_versions.saved_at',
      'workflow_versions.saved_by',
      'saver.name as saver_name',
    ])
    .executeTakeFirst()
  if (row === undefined) throw new Problem('workflow-not-found')
  return {
    ...toSummary(row),
    templateId: row.template_id,
    current: toVersion(row),
    draft: await findDraft(db, who, workflowId),
  }
}

/** One version of a query; a Problem workflow-not-found or version-not-found. */
export async function requireVersionView(
  db: Db,
  workspaceId: WorkspaceId,
  workflowId: WorkflowId,
  version: number,
): Promise<WorkflowVersion> {
  const row = await db
    .selectFrom('workflow_versions')
    .innerJoin('users as saver', 'saver.id', 'workflow_versions.saved_by')
    .where('workspace_id', '=', workspaceId)
    .where('workflow_id', '=', workflowId)
    .where('version', '=', version)
    .select([
      'workflow_versions.name',
      'version',
      'sql_query',
      'parameters',
      'parameter_values',
      'saved_at',
      'saved_by',
    ])
    .select('saver.name as saver_name')
    .executeTakeFirst()
  if (row !== undefined) return toVersion(row)
  await requireWorkflow(db, workspaceId, workflowId)
  throw new Problem('version-not-found', `This query has no version ${version}`)
}

/** The person's draft of a query, or null. */
export async function findDraft(
  db: Db,
  who: { workspaceId: WorkspaceId; userId: UserId },
  workflowId: WorkflowId,
): Promise<WorkflowDraft | null> {
  const row = await db
    .selectFrom('workflow_drafts')
    .where('workspace_id', '=', who.workspaceId)
    .where('workflow_id', '=', workflowId)
    .where('user_id', '=', who.userId)
    .select(['revision', 'base_version', 'content', 'kept_at'])
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    ...row.content,
    revision: row.revision,
    baseVersion: row.base_version,
    keptAt: row.kept_at.toISOString(),
  }
}

function toVersion(row: {
  name: string
  version: number
  sql_query: string
  parameters: WorkflowVersion['parameters']
  parameter_values: WorkflowVersion['values']
  saved_at: Date
  saved_by: UserId
  saver_name: string | null
}): WorkflowVersion {
  return {
    name: row.name,
    version: row.version,
    sqlQuery: row.sql_query,
    parameters: row.parameters,
    values: row.parameter_values,
    savedAt: row.saved_at.toISOString(),
    savedBy: { id: row.saved_by, name: row.saver_name },
  }
}
