import {
  ExecutionId,
  type countExecutions,
  type QueryOf,
  type ReplyOf,
  type WorkspaceId,
  type listExecutions,
} from '@recomamp/contracts'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#platform/db/tables.ts'
import { containing, cutPage, earlierThan, readCursor } from '#platform/http/cursor.ts'
import { summaryRows, toSummary } from './executions.rows.ts'

const Place = z.tuple([z.iso.datetime(), ExecutionId])

/** A page of the executions of a workspace, latest first, with the exact total; never their results. */
export async function pageOfExecutions(
  db: Db,
  workspaceId: WorkspaceId,
  query: QueryOf<typeof listExecutions>,
): Promise<ReplyOf<typeof listExecutions>> {
  const after = readCursor(query.cursor, Place)
  const matching = sql<SqlBool>`${await filterOf(db, workspaceId, query)} and ${ofStatus(query.status)}`
  const rows = await summaryRows(db, workspaceId)
    .where(matching)
    .where(earlierThan('workflow_executions.requested_at', 'workflow_executions.id', after))
    .orderBy('workflow_executions.requested_at', 'desc')
    .orderBy('workflow_executions.id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const { total } = await db
    .selectFrom('workflow_executions')
    .where('workspace_id', '=', workspaceId)
    .where(matching)
    .select((eb) => eb.fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow()
  const page = cutPage(rows, query.limit, (row) => [row.requested_at.toISOString(), row.id])
  return { items: page.rows.map(toSummary), total: Number(total), nextCursor: page.nextCursor }
}

/** How many executions of a filter are in which state, and the people of the workspace. */
export async function countsOfExecutions(
  db: Db,
  workspaceId: WorkspaceId,
  query: QueryOf<typeof countExecutions>,
): Promise<ReplyOf<typeof countExecutions>> {
  const rows = await db
    .selectFrom('workflow_executions')
    .where('workspace_id', '=', workspaceId)
    .where(await filterOf(db, workspaceId, query))
    .groupBy('status')
    .select((eb) => ['status', eb.fn.countAll<string>().as('count')])
    .execute()
  const people = await db
    .selectFrom('workspace_members')
    .innerJoin('users', 'users.id', 'workspace_members.user_id')
    .where('workspace_members.workspace_id', '=', workspaceId)
    .select(['users.id', 'users.name'])
    .orderBy('users.name')
    .execute()
  const counts = { total: 0, open: 0, completed: 0, failed: 0, cancelled: 0 }
  for (const { status, count } of rows) {
    counts.total += Number(count)
    if (status === 'completed' || status === 'failed' || status === 'cancelled') counts[status] += Number(count)
    else counts.open += Number(count)
  }
  return { ...counts, people }
}

function ofStatus(status: QueryOf<typeof listExecutions>['status']): RawBuilder<SqlBool> {
  if (status === undefined) return sql`true`
  return status === 'open'
    ? sql`workflow_executions.status in ('queued', 'submitting', 'pending', 'running', 'ingesting')`
    : sql`workflow_executions.status = ${status}`
}

/** Of the list's own table, so that the total is counted without its joins. */
async function filterOf(
  db: Db,
  workspaceId: WorkspaceId,
  filter: QueryOf<typeof countExecutions>,
): Promise<RawBuilder<SqlBool>> {
  const { workflowId, instanceId, templateId, by, since } = filter
  const q = filter.q?.trim() ?? ''
  return sql.join(
    [
      sql`true`,
      ...(workflowId === undefined ? [] : [sql`workflow_executions.workflow_id = ${workflowId}`]),
      ...(instanceId === undefined ? [] : [sql`workflow_executions.instance_id = ${instanceId}`]),
      ...(templateId === undefined
        ? []
        : [
            sql`workflow_executions.workflow_id in (select id from workflows where workspace_id = ${workspaceId} and template_id = ${templateId})`,
          ]),
      ...(by === undefined ? [] : [sql`workflow_executions.requested_by = ${by}`]),
      ...(since === undefined ? [] : [sql`workflow_executions.requested_at >= ${since}::timestamptz`]),
      ...(q === '' ? [] : [await found(db, workspaceId, q)]),
    ],
    sql` and `,
  )
}

/** What a text names is looked for first, in the small tables: a name that there is not costs no look at the executions. */
async function found(db: Db, workspaceId: WorkspaceId, q: string): Promise<RawBuilder<SqlBool>> {
  const part = containing(q)
  const id = q.toLowerCase()
  const { rows } = await sql<{ field: 'workflow_id' | 'requested_by' | 'instance_id' | 'id'; id: string }>`
    select 'workflow_id' as field, id from workflows where workspace_id = ${workspaceId} and lower(name) like ${part}
    union all
    select 'requested_by', user_id from workspace_members join users on users.id = user_id
      where workspace_id = ${workspaceId} and lower(users.name) like ${part}
    union all
    select 'instance_id', id from amc_instances where workspace_id = ${workspaceId} and lower(amc_instance_id) = ${id}
    union all
    select 'id', id from workflow_executions where workspace_id = ${workspaceId} and amc_execution_id = ${q}
      and instance_id in (select id from amc_instances where workspace_id = ${workspaceId})
    union all
    select 'id', id from workflow_executions where workspace_id = ${workspaceId}
      and id = ${ExecutionId.safeParse(id).data ?? null}::uuid`.execute(db)
  const fields = Map.groupBy(rows, (row) => row.field)
  const conditions = [...fields].map(
    ([field, ids]) => sql`workflow_executions.${sql.ref(field)} = any(${ids.map((row) => row.id)}::uuid[])`,
  )
  return conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`
}
