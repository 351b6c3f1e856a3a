import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { chartColumns } from '@recomamp/amc-catalogue/model'
import { analyze } from '@recomamp/amc-sql'
import { type BodyOf, Problem, type QueryTemplate, type TemplateId, type forkTemplate } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { requireVersion, requireWorkflowView } from '#features/workflows/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { insertFork, requireTemplate } from './templates.store.ts'

/**
 * Makes a template of a saved version: its parameters keep the values last given as their defaults. What the template that the query
 * was made of says of columns, chart and window goes along where it still fits. The same id again makes none.
 */
export async function makeFork(ctx: Ctx, who: Member, body: BodyOf<typeof forkTemplate>): Promise<TemplateId> {
  const { id, workflowId, version, chart, ...words } = body
  const saved = await requireVersion(ctx.db, who.workspaceId, workflowId, version)
  const { templateId } = await requireWorkflowView(ctx.db, who, workflowId)
  const origin = templateId === null ? null : await originOf(ctx, who, templateId)
  const { output, tables } = read(saved.sqlQuery)
  const names = new Set(output)
  const fits = (one: QueryTemplate['chart']) => one !== null && chartColumns(one).every((name) => names.has(name))
  const kept = [chart ?? null, origin?.chart ?? null].find(fits) ?? null
  const now = ctx.now()
  const inserted = await inTransaction(ctx.db, async (tx) => {
    const isNew = await insertFork(
      tx,
      who,
      {
        id,
        words,
        tables,
        sqlTemplate: saved.sqlQuery,
        parameters: saved.parameters.map((one) => {
          const given = saved.values[one.name]
          return given === undefined ? one : { ...one, default: given }
        }),
        content: {
          window: origin?.window ?? null,
          pitfalls: words.pitfalls,
          chart: kept,
          columns: output.map((name) => ({
            name,
            description: origin?.columns.find((column) => column.name === name)?.description ?? name,
          })),
          related: [],
          tests: [],
        },
        forkedFrom: templateId,
      },
      now,
    )
    const object = { kind: 'template', id, name: words.name } as const
    if (isNew) await recordAudit(tx, who, { action: 'template-made', object, detail: { workflowId, version } }, now)
    return isNew
  })
  // The id of somebody else's template is answered as one that is not there.
  if (!inserted && (await requireTemplate(ctx.db, who, id)).owner?.id !== who.userId)
    throw new Problem('template-not-found')
  return id
}

/** A template that has gone since takes nothing along. */
async function originOf(ctx: Ctx, who: Member, templateId: TemplateId) {
  try {
    return await requireTemplate(ctx.db, who, templateId)
  } catch (error) {
    if (error instanceof Problem && error.type === 'template-not-found') return null
    throw error
  }
}

/** The result's columns and the tables of a query, as far as its text tells them. */
function read(sqlQuery: string): { output: string[]; tables: string[] } {
  const schema = loadSchema()
  const { output, tables } = analyze(sqlQuery, schema)
  return { output: output.map(({ name }) => name.toLowerCase()), tables }
}
