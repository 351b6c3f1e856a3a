import { LocalQueryError, cellText, localSchema } from '@recomamp/amc-local'
import { compileRun } from '@recomamp/amc-sql'
import { Problem, type ReplyOf, type TemplateId, type getTemplateExample } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { declarationOf } from '#features/amc-copies/index.ts'
import type { Member } from '#platform/http/app-types.ts'
import { keepLatest } from '#platform/keep-latest.ts'
import { requireTemplate } from './templates.store.ts'

/** What an example shows; what is beyond is counted and said. */
const mostRows = 500
const timeLimitMs = 30_000
/** So many examples are kept; each is some kilobytes. */
const mostKept = 200

type Example = ReplyOf<typeof getTemplateExample>
const kept = keepLatest<Example>(mostKept)

/** The result of a template on the synthetic data with its defaults, under the thresholds; the same until its query or the data changes. */
export async function exampleOf(ctx: Ctx, who: Member, templateId: TemplateId): Promise<Example> {
  const template = await requireTemplate(ctx.db, who, templateId)
  const key = `${templateId} ${template.updatedAt} ${ctx.synthetic().endDay}`
  return kept.of(key, () => runExample(ctx, template))
}

type Template = Awaited<ReturnType<typeof requireTemplate>>

async function runExample(ctx: Ctx, template: Template): Promise<Example> {
  const engine = ctx.synthetic()
  // The data ends with the day on which the engine was opened, and a server runs for months.
  const now = new Date(`${engine.endDay}T00:00:00Z`)
  const window = exampleWindow(template, now)
  const compiled = compileRun({
    template: template.sqlTemplate,
    declarations: template.parameters.map(declarationOf),
    values: {},
    schema: localSchema(),
    window,
    privacyFilteringBehavior: 'REMOVE_ROWS',
    now,
  })
  if (!compiled.ok)
    throw new Problem('example-not-possible', compiled.diagnostics.map(({ message }) => message).join('\n'))
  try {
    const result = await engine.run(
      {
        sql: compiled.sqlQuery,
        window: compiled.window,
        // Of an audience nobody sees a row; its size is what can be shown.
        privacy: compiled.audience ? null : compiled.privacy,
        customParameters: compiled.inputParameters,
        parameterValues: compiled.parameterValues,
      },
      { timeLimitMs },
    )
    if (!result.ok)
      throw new Problem('example-not-possible', result.diagnostics.map(({ message }) => message).join('\n'))
    const rows: (string | null)[][] = []
    let rowCount = 0
    for await (const batch of result.batches) {
      rowCount += batch.length
      if (compiled.audience) continue
      for (const row of batch.slice(0, mostRows - rows.length))
        rows.push(row.map((value) => (value === null ? null : cellText(value))))
    }
    const columns = result.columns.map(({ name, type, role }) => ({
      name: name.toLowerCase(),
      dataType: type,
      columnType: role,
    }))
    return { columns, rows, rowCount, window: { start: window.start, end: window.end } }
  } catch (error) {
    if (error instanceof LocalQueryError) throw new Problem('example-not-possible', error.message, { cause: error })
    throw error
  }
}

/** The window that the template advises, or without one the seven days that ended 14 days ago. */
function exampleWindow({ window }: Pick<Template, 'window'>, now: Date) {
  const { days, endsDaysAgo } = window ?? { days: 7, endsDaysAgo: 14 }
  const day = (ago: number) => new Date(now.getTime() - ago * 86_400_000).toISOString().slice(0, 10)
  return { start: `${day(days + endsDaysAgo)}T00:00:00`, end: `${day(endsDaysAgo)}T00:00:00`, timeZone: 'UTC' }
}
