import {
  type CopyState,
  Problem,
  type UserId,
  type Workflow,
  type WorkflowDraft,
  type WorkflowId,
  type WorkflowSummary,
  type WorkspaceId,
} from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Db } from '#platform/db/tables.ts'
import { worstCopyState } from './copy-state.ts'
import { toLatest } from './latest-execution.ts'
import { toVersion } from './versions.store.ts'

/** Whose list or view it is: drafts are each person's own. */
export interface Reader {
  readonly workspaceId: WorkspaceId
  readonly userId: UserId
}

/** The rows of the list of queries, each with its instance, author, copies, latest execution and the reader's draft, in one statement. */
export function summaryRows(db: Db, { workspaceId, userId }: Reader) {
  return db
    .selectFrom('workflows')
    .innerJoin('users', 'users.id', 'workflows.user_id')
    .leftJoin('amc_instances', 'amc_instances.id', 'workflows.instance_id')
    .leftJoin('workflow_drafts', (join) =>
      join.onRef('workflow_drafts.workflow_id', '=', 'workflows.id').on('workflow_drafts.user_id', '=', userId),
    )
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
            'workflow_executions.amc_status',
            'workflow_executions.requested_at',
            'workflow_executions.row_count',
            sql<string | null>`workflow_executions.failure ->> 'message'`.as('failure'),
          ])
          .as('latest'),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('amc_copies')
          .whereRef('amc_copies.workflow_id', '=', 'workflows.id')
          .select([
            sql<number>`count(*)::int`.as('count'),
            worstCopyState.as('state'),
            sql<number | null>`max(workflows.version - coalesce(amc_copies.stored_version, 0))
              filter (where coalesce(amc_copies.stored_version, 0) < workflows.text_version)`.as('behind'),
          ])
          .as('copies'),
      (join) => join.onTrue(),
    )
    .where('workflows.workspace_id', '=', workspaceId)
    .select([
      'workflows.id',
      'workflows.name',
      'workflows.version',
      'workflows.tags',
      'workflows.created_at',
      'workflows.updated_at',
      'workflows.deleted_at',
      'workflows.instance_id',
      'amc_instances.name as instance_name',
      'workflows.user_id',
      'users.name as user_name',
      'workflow_drafts.kept_at as draft_kept_at',
      'latest.id as latest_id',
      'latest.status as latest_status',
      'latest.amc_status as latest_amc_status',
      'latest.requested_at as latest_requested_at',
      'latest.row_count as latest_row_count',
      'latest.failure as latest_failure',
      'copies.count as copies_count',
      'copies.state as copies_state',
      'copies.behind as copies_behind',
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
    tags: row.tags,
    latestExecution: toLatest(row),
    copies: toCopies(row.copies_state, row.copies_count, row.copies_behind),
    draftKeptAt: row.draft_kept_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    deletedAt: row.deleted_at?.toISOString() ?? null,
  }
}

function toCopies(state: CopyState | null, count: number | null, behind: number | null): WorkflowSummary['copies'] {
  return state === null || count === null ? null : { state, count, versionsBehind: behind ?? 0 }
}

/** A query with its current version and the person's own draft; a Problem workflow-not-found. */
export async function requireWorkflowView(db: Db, who: Reader, workflowId: WorkflowId): Promise<Workflow> {
  const row = await summaryRows(db, who)
    .where('workflows.id', '=', workflowId)
    .innerJoin('workflow_versions', (join) =>
      join
        .onRef('workflow_versions.workflow_id', '=', 'workflows.id')
        .onRef('workflow_versions.version', '=', 'workflows.version'),
    )
    .innerJoin('users as saver', 'saver.id', 'workflow_versions.saved_by')
    .select([
      'workflows.template_id',
      'workflows.chart',
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
    chart: row.chart,
    current: toVersion(row),
    draft: await findDraft(db, who, workflowId),
  }
}

/** The person's draft of a query, or null. */
export async function findDraft(db: Db, who: Reader, workflowId: WorkflowId): Promise<WorkflowDraft | null> {
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
