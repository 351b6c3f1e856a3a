import { type Catalogue, QueryTemplateFile } from '@recomamp/amc-catalogue'
import { type RawBuilder, sql } from 'kysely'
import type { Database, Db } from '#platform/db/tables.ts'

export interface RowCounts {
  readonly added: number
  readonly changed: number
  readonly removed: number
}

/** Brings the rows to what the catalogue says, each table by one statement. Foreign keys are looked at when the transaction ends. */
export async function writeRows(tx: Db, { dataSources, examples, relationships }: Catalogue) {
  const categories = [...new Set(dataSources.map(({ category }) => category))]
  await replaceRows(
    tx,
    'data_source_categories',
    ['name'],
    categories.map((name) => ({ name })),
  )
  const sources = await replaceRows(
    tx,
    'data_sources',
    ['name'],
    dataSources.map(({ fields: _fields, ...content }, position) => ({
      name: content.name,
      position,
      title: content.title,
      category: content.category,
      kind: content.kind,
      content,
    })),
  )
  await replaceRows(
    tx,
    'data_source_tags',
    ['source', 'tag'],
    dataSources.flatMap(({ name, tags }) => [...new Set(tags)].map((tag) => ({ source: name, tag }))),
  )
  const fields = await replaceRows(
    tx,
    'data_source_fields',
    ['source', 'name'],
    dataSources.flatMap((source) =>
      source.fields.map((field, position) => ({
        source: source.name,
        name: field.name,
        position,
        data_type: field.dataType,
        column_type: field.columnType,
        aggregation_threshold: field.aggregationThreshold,
        content: field,
      })),
    ),
  )
  return {
    sources,
    fields,
    examples: await replaceRows(
      tx,
      'data_source_examples',
      ['source', 'slug'],
      examples.map(({ sql: sqlQuery, ...example }, position) => ({ ...example, position, sql_query: sqlQuery })),
    ),
    relationships: await replaceRows(
      tx,
      'data_source_relationships',
      ['position'],
      relationships.map((content, position) => ({
        position,
        from_source: content.from,
        to_source: content.to,
        content,
      })),
    ),
  }
}

/** Makes a table hold exactly these rows and counts what that took; rows that are equal are not written. */
async function replaceRows(
  tx: Db,
  table: keyof Database,
  key: readonly string[],
  rows: readonly Record<string, unknown>[],
): Promise<RowCounts> {
  const into = sql.table(table)
  const names = Object.keys(rows[0] ?? Object.fromEntries(key.map((name) => [name, null])))
  const list = (each: (name: string) => RawBuilder<unknown>, of: readonly string[], by = sql`, `) =>
    sql.join(of.map(each), by)
  const others = names.filter((name) => !key.includes(name))
  const update =
    others.length === 0
      ? sql`do nothing`
      : sql`do update set ${list((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`, others)}
          where (${list((name) => sql`t.${sql.ref(name)}`, others)})
            is distinct from (${list((name) => sql`excluded.${sql.ref(name)}`, others)})`
  const { rows: counted } = await sql<{ added: number; changed: number; removed: number }>`
    with given as (select * from jsonb_populate_recordset(null::${into}, ${JSON.stringify(rows)}::jsonb)),
    removed as (
      delete from ${into} as t where not exists (
        select 1 from given where ${list((name) => sql`given.${sql.ref(name)} = t.${sql.ref(name)}`, key, sql` and `)}
      ) returning 1
    ),
    written as (
      insert into ${into} as t (${list((name) => sql.ref(name), names)})
      select ${list((name) => sql.ref(name), names)} from given
      on conflict (${list((name) => sql.ref(name), key)}) ${update}
      returning (xmax = 0) as is_new
    )
    select (select count(*)::int from written where is_new) as added,
      (select count(*)::int from written where not is_new) as changed,
      (select count(*)::int from removed) as removed`.execute(tx)
  return counted[0] ?? { added: 0, changed: 0, removed: 0 }
}

/** The catalogue as the rows hold it. */
export async function readRows(db: Db): Promise<Catalogue> {
  const sources = await db.selectFrom('data_sources').orderBy('position').select(['name', 'content']).execute()
  const fields = Map.groupBy(
    await db
      .selectFrom('data_source_fields')
      .orderBy('source')
      .orderBy('position')
      .select(['source', 'content'])
      .execute(),
    ({ source }) => source,
  )
  const examples = await db.selectFrom('data_source_examples').orderBy('position').selectAll().execute()
  const relationships = await db.selectFrom('data_source_relationships').orderBy('position').select('content').execute()
  const templates = await db
    .selectFrom('query_templates')
    .where('is_public', '=', true)
    .where('workspace_id', 'is', null)
    .orderBy('template_id')
    .selectAll()
    .execute()
  return {
    dataSources: sources.map(({ name, content }) => ({
      ...content,
      fields: (fields.get(name) ?? []).map((field) => field.content),
    })),
    examples: examples.map(({ source, slug, title, answers, sql_query }) => ({
      source,
      slug,
      title,
      answers,
      sql: sql_query,
    })),
    relationships: relationships.map(({ content }) => content),
    templates: templates.map((row) =>
      QueryTemplateFile.parse({
        id: row.template_id,
        question: row.question,
        name: row.name,
        category: row.category,
        tags: row.tags,
        difficulty: row.difficulty,
        tables: row.tables,
        parameters: row.parameters_schema,
        reading: row.reading,
        sqlTemplate: row.sql_template,
        ...row.content,
      }),
    ),
  }
}

/** How much there is of each. */
export async function countRows(db: Db) {
  const count = async (
    table: 'data_sources' | 'data_source_fields' | 'data_source_examples' | 'data_source_relationships',
  ) => {
    const { total } = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<string>().as('total'))
      .executeTakeFirstOrThrow()
    return Number(total)
  }
  const { total: templates } = await db
    .selectFrom('query_templates')
    .where('is_public', '=', true)
    .where('workspace_id', 'is', null)
    .select((eb) => eb.fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow()
  return {
    sources: await count('data_sources'),
    fields: await count('data_source_fields'),
    examples: await count('data_source_examples'),
    relationships: await count('data_source_relationships'),
    templates: Number(templates),
  }
}
