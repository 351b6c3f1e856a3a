import type { QueryTemplateFile } from '@recomamp/amc-catalogue'
import {
  ParameterDeclaration,
  Problem,
  type QueryTemplate,
  type QueryTemplateSummary,
  type ReplyOf,
  TemplateId,
  type listQueryTemplates,
} from '@recomamp/contracts'
import { type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#platform/db/tables.ts'
import { containing, cutPage, readCursor } from '#platform/http/cursor.ts'

const Place = z.tuple([z.string(), TemplateId])

/** Writes the analyses that ship with the product; how often each was used stays, one that is gone is no longer offered. */
export async function keepTemplates(db: Db, files: readonly QueryTemplateFile[], now: Date): Promise<void> {
  if (files.length > 0)
    await db
      .insertInto('query_templates')
      .values(files.map((file) => toRow(file, now)))
      .onConflict((conflict) =>
        conflict.column('template_id').doUpdateSet((eb) => ({
          question: eb.ref('excluded.question'),
          name: eb.ref('excluded.name'),
          category: eb.ref('excluded.category'),
          tags: eb.ref('excluded.tags'),
          difficulty: eb.ref('excluded.difficulty'),
          tables: eb.ref('excluded.tables'),
          sql_template: eb.ref('excluded.sql_template'),
          parameters_schema: eb.ref('excluded.parameters_schema'),
          reading: eb.ref('excluded.reading'),
          is_public: true,
          updated_at: now,
        })),
      )
      .execute()
  await db
    .updateTable('query_templates')
    .where('is_public', '=', true)
    .$if(files.length > 0, (rows) =>
      rows.where(
        'template_id',
        'not in',
        files.map((file) => TemplateId.parse(file.id)),
      ),
    )
    .set({ is_public: false, updated_at: now })
    .execute()
}

function toRow(file: QueryTemplateFile, now: Date) {
  return {
    template_id: TemplateId.parse(file.id),
    question: file.question,
    name: file.name,
    category: file.category,
    tags: JSON.stringify(file.tags),
    difficulty: file.difficulty,
    tables: JSON.stringify(file.tables),
    sql_template: file.sqlTemplate,
    parameters_schema: JSON.stringify(z.array(ParameterDeclaration).parse(file.parameters)),
    reading: file.reading,
    is_public: true,
    updated_at: now,
  }
}

/** A page of the analyses by name, with the exact total of the filter. */
export async function pageOfTemplates(
  db: Db,
  query: { limit: number; cursor?: string | undefined; category?: string | undefined; q?: string | undefined },
): Promise<ReplyOf<typeof listQueryTemplates>> {
  const after = readCursor(query.cursor, Place)
  let matching = db.selectFrom('query_templates').where('is_public', '=', true)
  if (query.category !== undefined) matching = matching.where('category', '=', query.category)
  if (query.q !== undefined)
    matching = matching.where(
      sql<SqlBool>`lower(question || ' ' || name || ' ' || tags::text || ' ' || tables::text) like ${containing(query.q.trim())}`,
    )
  const rows = await matching
    .$if(after !== null, (some) => some.where(sql<SqlBool>`(name, template_id) > (${after?.[0]}, ${after?.[1]})`))
    .orderBy('name')
    .orderBy('template_id')
    .limit(query.limit + 1)
    .select(['template_id', 'question', 'name', 'category', 'tags', 'difficulty', 'tables', 'usage_count'])
    .execute()
  const { total } = await matching.select((eb) => eb.fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  const page = cutPage(rows, query.limit, (row) => [row.name, row.template_id])
  return { items: page.rows.map(toSummary), total: Number(total), nextCursor: page.nextCursor }
}

/** One analysis with its query; a Problem template-not-found. */
export async function requireTemplate(db: Db, templateId: TemplateId): Promise<QueryTemplate> {
  const row = await db
    .selectFrom('query_templates')
    .where('template_id', '=', templateId)
    .where('is_public', '=', true)
    .selectAll()
    .executeTakeFirst()
  if (row === undefined) throw new Problem('template-not-found')
  return {
    ...toSummary(row),
    sqlTemplate: row.sql_template,
    parameters: row.parameters_schema,
    reading: row.reading,
  }
}

function toSummary(row: {
  template_id: TemplateId
  question: string
  name: string
  category: string
  tags: string[]
  difficulty: number
  tables: string[]
  usage_count: number
}): QueryTemplateSummary {
  return {
    id: row.template_id,
    question: row.question,
    name: row.name,
    category: row.category,
    tags: row.tags,
    difficulty: row.difficulty,
    tables: row.tables,
    usageCount: row.usage_count,
  }
}
