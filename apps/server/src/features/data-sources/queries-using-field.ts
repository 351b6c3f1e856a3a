import { type Column, type Schema, analyze } from '@recomamp/amc-sql'
import { readColumns } from '@recomamp/amc-sql/editing'
import {
  type FieldUse,
  type ParamsOf,
  type QueryOf,
  type ReplyOf,
  WorkflowId,
  type listFieldUses,
} from '@recomamp/contracts'
import { type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '#context.ts'
import type { Db } from '#platform/db/tables.ts'
import type { Member } from '#platform/http/app-types.ts'
import { patternOf, readCursor, writeCursor } from '#platform/http/cursor.ts'
import { sourcesFor } from './instance-sources.ts'
import { schemaOf } from './schema-of.ts'
import { requireSource } from './sources.ts'

const Place = z.tuple([z.iso.datetime(), WorkflowId])
type Place = z.infer<typeof Place>

/** So many queries are read at a time, since others wait meanwhile, and so many times for one answer. */
const batch = 10
const mostBatches = 20

/** The saved queries that use a field: those that hold its name and that of its table are read as AMC would read them. A page can
 *  have fewer rows than asked for and yet a next one. */
export async function pageOfFieldUses(
  ctx: Ctx,
  who: Member,
  { name, field }: ParamsOf<typeof listFieldUses>,
  query: QueryOf<typeof listFieldUses>,
): Promise<ReplyOf<typeof listFieldUses>> {
  const { sources } = await sourcesFor(ctx, who, query.instance)
  requireSource(sources, name)
  const schema = schemaOf(sources)
  const columns = columnsOf(schema, [name, sources.byName.get(name)?.audienceVariant ?? name], field)
  const items: FieldUse[] = []
  let after = readCursor(query.cursor, Place)
  for (let round = 0; round < mostBatches && columns.size > 0; round += 1) {
    const rows = await candidates(ctx.db, who.workspaceId, [name, field], after)
    for (const row of rows) {
      if (items.length === query.limit) return { items, nextCursor: after && writeCursor(after) }
      if (uses(row.sql_query, schema, columns)) items.push(toUse(row))
      after = [row.updated_at.toISOString(), row.id]
    }
    if (rows.length < batch) return { items, nextCursor: null }
  }
  return { items, nextCursor: after && writeCursor(after) }
}

/** The field in the table and in its twin for audiences. */
function columnsOf({ tables }: Schema, names: readonly string[], field: string): ReadonlySet<Column> {
  return new Set(
    tables.flatMap((table) =>
      names.includes(table.name) ? table.columns.filter((column) => column.name === field) : [],
    ),
  )
}

function uses(text: string, schema: Schema, columns: ReadonlySet<Column>): boolean {
  const read = readColumns(analyze(text, schema))
  return [...columns].some((column) => read.has(column))
}

function candidates(db: Db, workspaceId: Member['workspaceId'], words: readonly string[], after: Place | null) {
  return db
    .selectFrom('workflows')
    .innerJoin('users', 'users.id', 'workflows.user_id')
    .where('workflows.workspace_id', '=', workspaceId)
    .where('workflows.deleted_at', 'is', null)
    .where((eb) =>
      eb.and(
        words.map(
          (word) => sql<SqlBool>`lower(sql_query collate "C") like ${patternOf(word.toLowerCase())} collate "C"`,
        ),
      ),
    )
    .$if(after !== null, (some) =>
      some.where(sql<SqlBool>`(workflows.updated_at, workflows.id) < (${after?.[0]}, ${after?.[1]}::uuid)`),
    )
    .orderBy('workflows.updated_at', 'desc')
    .orderBy('workflows.id', 'desc')
    .limit(batch)
    .select([
      'workflows.id',
      'workflows.name',
      'workflows.sql_query',
      'workflows.updated_at',
      'users.id as author_id',
      'users.name as author',
    ])
    .execute()
}

function toUse({ id, name, updated_at, author_id, author }: Awaited<ReturnType<typeof candidates>>[number]): FieldUse {
  return { workflowId: id, name, author: { id: author_id, name: author }, updatedAt: updated_at.toISOString() }
}
