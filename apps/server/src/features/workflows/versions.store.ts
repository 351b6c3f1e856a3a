import {
  Problem,
  type QueryOf,
  type ReplyOf,
  type UserId,
  type WorkflowId,
  type WorkflowVersion,
  type WorkspaceId,
  type listWorkflowVersions,
} from '@recomamp/contracts'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#platform/db/tables.ts'
import { cutPage, readCursor } from '#platform/http/cursor.ts'
import { toLatest } from './latest-execution.ts'
import { requireWorkflow } from './require-version.ts'

const Place = z.tuple([z.number().int().positive()])

/** A page of the history of a query, latest version first, each with what ran on it; a Problem workflow-not-found. */
export async function pageOfVersions(
  db: Db,
  workspaceId: WorkspaceId,
  workflowId: WorkflowId,
  query: QueryOf<typeof listWorkflowVersions>,
): Promise<ReplyOf<typeof listWorkflowVersions>> {
  const after = readCursor(query.cursor, Place)
  await requireWorkflow(db, workspaceId, workflowId)
  let rows = db
    // One pass over the runs of the query, whatever the number of versions.
    .with('runs', (ctes) =>
      ctes
        .selectFrom('workflow_executions')
        .where('workspace_id', '=', workspaceId)
        .where('workflow_id', '=', workflowId)
        .where('workflow_version', 'is not', null)
        .where('dry_run', '=', false)
        .select([
          'workflow_version',
          'id',
          'status',
          'amc_status',
          'requested_at',
          'row_count',
          sql<string | null>`failure ->> 'message'`.as('failure'),
          sql<string>`count(*) over (partition by workflow_version)`.as('runs'),
          sql<string>`row_number() over (partition by workflow_version order by requested_at desc, id desc)`.as(
            'place',
          ),
        ]),
    )
    .selectFrom('workflow_versions')
    .innerJoin('users as saver', 'saver.id', 'workflow_versions.saved_by')
    .leftJoin('runs', (join) =>
      join.onRef('runs.workflow_version', '=', 'workflow_versions.version').on('runs.place', '=', sql<string>`1`),
    )
    .where('workflow_versions.workspace_id', '=', workspaceId)
    .where('workflow_versions.workflow_id', '=', workflowId)
    .select([
      'workflow_versions.version',
      'workflow_versions.name',
      'workflow_versions.saved_at',
      'workflow_versions.saved_by',
      'workflow_versions.restored_from',
      'saver.name as saver_name',
      'runs.runs',
      'runs.id as latest_id',
      'runs.status as latest_status',
      'runs.amc_status as latest_amc_status',
      'runs.requested_at as latest_requested_at',
      'runs.row_count as latest_row_count',
      'runs.failure as latest_failure',
      sql<string>`(select count(*) from workflow_versions counted
        where counted.workspace_id = ${workspaceId} and counted.workflow_id = ${workflowId})`.as('total'),
    ])
    .orderBy('workflow_versions.version', 'desc')
    .limit(query.limit + 1)
  if (after !== null) rows = rows.where('workflow_versions.version', '<', after[0])
  const page = cutPage(await rows.execute(), query.limit, (row) => [row.version])
  return {
    items: page.rows.map((row) => ({
      version: row.version,
      name: row.name,
      savedAt: row.saved_at.toISOString(),
      savedBy: { id: row.saved_by, name: row.saver_name },
      restoredFrom: row.restored_from,
      executionCount: Number(row.runs ?? 0),
      latestExecution: toLatest(row),
    })),
    total: Number(page.rows[0]?.total ?? 0),
    nextCursor: page.nextCursor,
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

/** The one place where a row becomes the version that the API shows. */
export function toVersion(row: {
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
