import { isAudience } from '@recomamp/amc-catalogue/model'
import {
  Problem,
  type QueryTemplate,
  type QueryTemplateSummary,
  type TemplateId,
  type TemplateWords,
  type UserId,
} from '@recomamp/contracts'
import type { Db, TemplateContent } from '#platform/db/tables.ts'
import type { Member } from '#platform/http/app-types.ts'

/** What a list shows of a template, whatever instance it is for. */
type StoredTemplate = Omit<QueryTemplateSummary, 'missingTables'>

/** The templates that a person may see: those that ship, those of the workspace, and their own. */
function visibleTo(db: Db, { workspaceId, userId }: Member) {
  return db
    .selectFrom('query_templates')
    .leftJoin('users', 'users.id', 'query_templates.owner_id')
    .where((eb) =>
      eb.or([
        eb.and([eb('workspace_id', 'is', null), eb('is_public', '=', true)]),
        eb.and([
          eb('workspace_id', '=', workspaceId),
          eb.or([eb('is_public', '=', true), eb('owner_id', '=', userId)]),
        ]),
      ]),
    )
}

const listed = [
  'template_id',
  'question',
  'query_templates.name',
  'category',
  'tags',
  'difficulty',
  'tables',
  'usage_count',
  'parameters_schema',
  'is_public',
  'owner_id',
  'users.name as owner_name',
] as const

/** Every template that a person may see, by name. */
export async function visibleTemplates(db: Db, who: Member): Promise<StoredTemplate[]> {
  const rows = await visibleTo(db, who)
    .select(listed)
    // Tests and their rows are long, and no list shows them.
    .select((eb) => [
      eb.ref('content', '->').key('chart').as('chart'),
      eb.ref('content', '->').key('columns').as('columns'),
    ])
    .orderBy('query_templates.name')
    .orderBy('template_id')
    .execute()
  return rows.map(({ chart, columns, ...row }) => toSummary({ ...row, content: { chart, columns } }))
}

/** One template with its query; a Problem template-not-found where there is none that the person may see. */
export async function requireTemplate(
  db: Db,
  who: Member,
  templateId: TemplateId,
): Promise<Omit<QueryTemplate, 'missingTables'>> {
  const row = await visibleTo(db, who)
    .where('template_id', '=', templateId)
    .select(listed)
    .select(['sql_template', 'reading', 'content', 'query_templates.updated_at', 'forked_from'])
    .executeTakeFirst()
  if (row === undefined) throw new Problem('template-not-found')
  const { window = null, pitfalls = [], columns = [], tests = [], related = [] } = row.content
  const links = await visibleTo(db, who)
    .where((eb) =>
      eb.or([
        eb('forked_from', '=', templateId),
        ...(related.length > 0 ? [eb('template_id', 'in', related as TemplateId[])] : []),
        ...(row.forked_from === null ? [] : [eb('template_id', '=', row.forked_from)]),
      ]),
    )
    .select(['template_id', 'question', 'query_templates.name', 'forked_from'])
    .orderBy('query_templates.name')
    .execute()
  const toLink = (link: (typeof links)[number]) => ({ id: link.template_id, question: link.question, name: link.name })
  const byId = new Map(links.map((link) => [String(link.template_id), link]))
  const origin = row.forked_from === null ? undefined : byId.get(row.forked_from)
  return {
    ...toSummary(row),
    sqlTemplate: row.sql_template,
    parameters: row.parameters_schema,
    reading: row.reading,
    pitfalls,
    window,
    columns,
    tests,
    related: related.flatMap((id) => byId.get(id) ?? []).map(toLink),
    forkedFrom: origin === undefined ? null : toLink(origin),
    forks: links.filter((link) => link.forked_from === templateId).map(toLink),
    updatedAt: row.updated_at.toISOString(),
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
  parameters_schema: QueryTemplate['parameters']
  is_public: boolean
  owner_id: UserId | null
  owner_name: string | null
  content: { chart?: TemplateContent['chart'] | null; columns?: TemplateContent['columns'] | null }
}): StoredTemplate {
  return {
    id: row.template_id,
    question: row.question,
    name: row.name,
    category: row.category,
    tags: row.tags,
    difficulty: row.difficulty,
    tables: row.tables,
    usageCount: row.usage_count,
    chart: row.content.chart ?? null,
    isAudience: isAudience({ columns: row.content.columns ?? [] }),
    needsValues: row.parameters_schema.filter((one) => one.default === undefined).map(({ name }) => name),
    visibleTo: row.owner_id === null ? 'everybody' : row.is_public ? 'workspace' : 'owner',
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name },
  }
}

/** Adds a template of a person; false where its id is there already. */
export async function insertFork(
  db: Db,
  { workspaceId, userId }: Member,
  fork: {
    id: TemplateId
    words: TemplateWords
    tables: readonly string[]
    sqlTemplate: string
    parameters: QueryTemplate['parameters']
    content: TemplateContent
    forkedFrom: TemplateId | null
  },
  now: Date,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('query_templates')
    .values({
      template_id: fork.id,
      ...wordColumns(fork.words),
      tables: JSON.stringify(fork.tables),
      sql_template: fork.sqlTemplate,
      parameters_schema: JSON.stringify(fork.parameters),
      content: JSON.stringify(fork.content),
      workspace_id: workspaceId,
      owner_id: userId,
      forked_from: fork.forkedFrom,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.column('template_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Changes the words of a template of the person's own; a Problem template-not-found. */
export async function updateFork(
  db: Db,
  who: Member,
  templateId: TemplateId,
  words: TemplateWords,
  now: Date,
): Promise<void> {
  const own = await db
    .selectFrom('query_templates')
    .where('template_id', '=', templateId)
    .where('workspace_id', '=', who.workspaceId)
    .where('owner_id', '=', who.userId)
    .select('content')
    .executeTakeFirst()
  if (own === undefined) throw new Problem('template-not-found')
  await db
    .updateTable('query_templates')
    .where('template_id', '=', templateId)
    .where('workspace_id', '=', who.workspaceId)
    .where('owner_id', '=', who.userId)
    .set({
      ...wordColumns(words),
      content: JSON.stringify({ ...own.content, pitfalls: words.pitfalls }),
      updated_at: now,
    })
    .execute()
}

/** Removes a template of the person's own; a Problem template-not-found. */
export async function deleteFork(db: Db, { workspaceId, userId }: Member, templateId: TemplateId): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('query_templates')
    .where('template_id', '=', templateId)
    .where('workspace_id', '=', workspaceId)
    .where('owner_id', '=', userId)
    .executeTakeFirst()
  if (numDeletedRows !== 1n) throw new Problem('template-not-found')
}

function wordColumns(words: TemplateWords) {
  return {
    question: words.question,
    name: words.name,
    category: words.category,
    tags: JSON.stringify(words.tags),
    difficulty: words.difficulty,
    reading: words.reading,
    is_public: words.visibleTo === 'workspace',
  }
}
