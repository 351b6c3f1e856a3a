import {
  type QueryOf,
  type ReplyOf,
  type WorkflowFilter,
  WorkflowId,
  type WorkflowSort,
  finalStatuses,
  type listWorkflows,
} from '@recomamp/contracts'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#platform/db/tables.ts'
import { containing, cutPage, patternOf, readCursor } from '#platform/http/cursor.ts'
import { worstCopyState } from './copy-state.ts'
import { type Reader, summaryRows, toSummary } from './workflow-rows.store.ts'

/** What a list is sorted by, in SQL; what a row has for it, as the cursor keeps it; and the type to compare it as. */
const sorts = {
  updated: { by: sql`workflows.updated_at`, as: sql`timestamptz`, usual: 'desc' },
  name: { by: sql`lower(workflows.name)`, as: sql`text`, usual: 'asc' },
  // What never ran stands as if it had run before everything else.
  run: { by: sql`coalesce(latest.requested_at, 'epoch'::timestamptz)`, as: sql`timestamptz`, usual: 'desc' },
} as const satisfies Record<WorkflowSort, { by: RawBuilder<unknown>; as: RawBuilder<unknown>; usual: 'asc' | 'desc' }>

const Place = z.tuple([z.string(), WorkflowId])

/** A page of the queries that a person sees, with the exact total of the filter. */
export async function pageOfWorkflows(
  db: Db,
  who: Reader,
  query: QueryOf<typeof listWorkflows>,
): Promise<ReplyOf<typeof listWorkflows>> {
  const { sort, order = sorts[query.sort].usual } = query
  const { by, as } = sorts[sort]
  const after = readCursor(query.cursor, Place)
  const matching = conditionOf(who, query)
  let rows = summaryRows(db, who)
    .where(matching)
    .select([() => countOf(db, who, matching).as('total'), sql<Date | string>`${by}`.as('place')])
    .orderBy(by, order)
    .orderBy('workflows.id', order)
    .limit(query.limit + 1)
  if (after !== null) {
    const beyond = order === 'desc' ? sql`<` : sql`>`
    rows = rows.where(sql<SqlBool>`(${by}, workflows.id) ${beyond} (${after[0]}::${as}, ${after[1]}::uuid)`)
  }
  const found = await rows.execute()
  const total = found[0]?.total ?? (after === null ? 0 : await totalAlone(db, who, matching))
  const page = cutPage(found, query.limit, ({ place, id }) => [place instanceof Date ? place.toISOString() : place, id])
  return { items: page.rows.map(toSummary), total: Number(total), nextCursor: page.nextCursor }
}

async function totalAlone(db: Db, who: Reader, matching: RawBuilder<SqlBool>): Promise<string> {
  return (await countOf(db, who, matching).executeTakeFirstOrThrow()).count
}

function countOf(db: Db, { workspaceId }: Reader, matching: RawBuilder<SqlBool>) {
  return db
    .selectFrom('workflows')
    .where('workflows.workspace_id', '=', workspaceId)
    .where(matching)
    .select((eb) => eb.fn.countAll<string>().as('count'))
}

/** Of the table of queries alone, so that the total is counted without the joins of the rows. */
function conditionOf(who: Reader, { shelf = 'all', q, instanceId, tag, copy, outcome }: WorkflowFilter) {
  const conditions: RawBuilder<unknown>[] = [
    shelf === 'trash' ? sql`workflows.deleted_at is not null` : sql`workflows.deleted_at is null`,
  ]
  if (shelf === 'mine') conditions.push(sql`workflows.user_id = ${who.userId}`)
  if (shelf === 'others') conditions.push(sql`workflows.user_id <> ${who.userId}`)
  if (shelf === 'drafts')
    conditions.push(sql`workflows.id in (select workflow_id from workflow_drafts where user_id = ${who.userId})`)
  const words = q?.trim() ?? ''
  if (words !== '') {
    const pattern = containing(words)
    // Texts are long: only the letters of ASCII are made small in them, which is ten times faster.
    conditions.push(sql`(lower(workflows.name) like ${pattern} or lower(workflows.tags::text) like ${pattern}
      or lower(workflows.sql_query collate "C") like lower(${patternOf(words)} collate "C"))`)
  }
  if (instanceId !== undefined) conditions.push(sql`workflows.instance_id = ${instanceId}`)
  if (tag !== undefined) conditions.push(sql`workflows.tags @> ${JSON.stringify([tag])}::jsonb`)
  if (copy === 'none')
    conditions.push(sql`not exists (select from amc_copies where amc_copies.workflow_id = workflows.id)`)
  else if (copy !== undefined)
    conditions.push(
      sql`(select ${worstCopyState} from amc_copies where amc_copies.workflow_id = workflows.id) = ${copy}`,
    )
  if (outcome === 'never') conditions.push(sql`${latestStatus} is null`)
  else if (outcome === 'open')
    conditions.push(sql`${latestStatus} not in (${sql.join(finalStatuses.map((status) => sql`${status}`))})`)
  else if (outcome !== undefined) conditions.push(sql`${latestStatus} = ${outcome}`)
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`
}

const latestStatus = sql`(select status from workflow_executions
  where workflow_executions.workflow_id = workflows.id and not workflow_executions.dry_run
  order by requested_at desc limit 1)`
