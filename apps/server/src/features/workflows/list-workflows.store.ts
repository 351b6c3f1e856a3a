import { type InstanceId, type ReplyOf, WorkflowId, type WorkspaceId, type listWorkflows } from '@recomamp/contracts'
import { type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#platform/db/tables.ts'
import { containing, cutPage, readCursor } from '#platform/http/cursor.ts'
import { summaryRows, toSummary } from './workflow-rows.store.ts'

const Place = z.tuple([z.iso.datetime(), WorkflowId])

interface Filter {
  readonly instanceId?: InstanceId | undefined
  readonly q?: string | undefined
}

/** A page of the queries of a workspace, latest change first, with the exact total of the filter. */
export async function pageOfWorkflows(
  db: Db,
  workspaceId: WorkspaceId,
  query: Filter & { limit: number; cursor?: string | undefined },
): Promise<ReplyOf<typeof listWorkflows>> {
  const after = readCursor(query.cursor, Place)
  let rows = summaryRows(db, workspaceId)
    .select(() => countOf(db, workspaceId, query).as('total'))
    .orderBy('workflows.updated_at', 'desc')
    .orderBy('workflows.id', 'desc')
    .limit(query.limit + 1)
  if (query.instanceId !== undefined) rows = rows.where('workflows.instance_id', '=', query.instanceId)
  if (query.q !== undefined) rows = rows.where(sql`lower(workflows.name)`, 'like', containing(query.q.trim()))
  if (after !== null)
    rows = rows.where(
      sql<SqlBool>`(workflows.updated_at, workflows.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
    )
  const found = await rows.execute()
  const total = found[0]?.total ?? (after === null ? 0 : await totalAlone(db, workspaceId, query))
  const page = cutPage(found, query.limit, (row) => [row.updated_at.toISOString(), row.id])
  return { items: page.rows.map(toSummary), total: Number(total), nextCursor: page.nextCursor }
}

async function totalAlone(db: Db, workspaceId: WorkspaceId, filter: Filter): Promise<string> {
  return (await countOf(db, workspaceId, filter).executeTakeFirstOrThrow()).count
}

function countOf(db: Db, workspaceId: WorkspaceId, filter: Filter) {
  let rows = db
    .selectFrom('workflows as counted')
    .where('counted.workspace_id', '=', workspaceId)
    .select((eb) => eb.fn.countAll<string>().as('count'))
  if (filter.instanceId !== undefined) rows = rows.where('counted.instance_id', '=', filter.instanceId)
  if (filter.q !== undefined) rows = rows.where(sql`lower(counted.name)`, 'like', containing(filter.q.trim()))
  return rows
}
