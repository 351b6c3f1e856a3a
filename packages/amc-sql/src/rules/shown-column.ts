import type { ResolvedSelect } from '../resolve/resolution.ts'
import { neverShown } from '../resolve/thresholds.ts'
import type { SelectItem } from '../tree.ts'
import type { Report, Rule, RuleContext } from './rule.ts'

const help = 'Count it instead: COUNT(DISTINCT …), or leave it out'

/** A column of class VERY_HIGH or INTERNAL must not come out. */
export const shownColumn: Rule = {
  code: 'AMC002',
  severity: 'error',
  privacy: true,
  check(context, report) {
    checkItems(context, report, true)
  },
}

/** The same, where the column comes through an alias of a WITH part or an expression. */
export const shownColumnByDetour: Rule = {
  code: 'AMC003',
  severity: 'error',
  privacy: true,
  check(context, report) {
    checkItems(context, report, false)
  },
}

function checkItems(context: RuleContext, report: Report, direct: boolean): void {
  for (const select of context.finalSelects) {
    const reported = new Set<number>()
    for (const item of select.items) {
      // The columns behind one star stand at one place.
      if (reported.has(item.from)) continue
      // AMC001 refuses a star over a table, whatever is behind it.
      if (direct && !select.node.items.includes(item)) continue
      const facts = context.resolution.expressions.get(item.expression)
      if (facts === undefined || !neverShown(facts.threshold) || isDirect(context, item) !== direct) continue
      if (context.audience && facts.type.kind === 'STRING' && facts.type.userId === true) continue
      reported.add(item.from)
      const what = context.textOf(item.expression)
      const message = direct
        ? `${what} is of class ${facts.threshold}, which AMC never shows`
        : `${pathOf(context, item) ?? `${what} is made of a column`} of class ${facts.threshold}, which AMC never shows`
      report(item, { message, help })
    }
  }
}

function isDirect(context: RuleContext, item: SelectItem): boolean {
  if (item.expression.kind !== 'column') return false
  const binding = context.resolution.bindings.get(item.expression)
  return binding?.kind === 'column' && binding.source.from.kind === 'table'
}

/** How the column came here: "user_id reaches the result through u in journeys: it is". */
function pathOf(context: RuleContext, item: SelectItem): string | null {
  const origin = context.lineage.expression(item.expression).find(({ column }) => neverShown(column.threshold))
  if (origin === undefined) return null
  const steps = origin.steps.map(({ column, relation }) => (relation === '' ? column : `${column} in ${relation}`))
  const way = [...steps, ...(item.expression.kind === 'column' ? [] : [context.textOf(item.expression)])]
  return `${origin.column.name} reaches the result through ${way.join(', then ')}: it is`
}

/** A final GROUP BY on such a column gives one row per person. */
export const finalGroupKey: Rule = {
  code: 'AMC004',
  severity: 'error',
  privacy: true,
  check(context, report) {
    for (const select of context.finalSelects) {
      const shown = new Set(select.items.map((item) => factsId(context, item.expression)))
      for (const key of select.groupBy) {
        const facts = context.resolution.expressions.get(key)
        if (facts === undefined || !neverShown(facts.threshold) || shown.has(facts.id)) continue
        report(key, {
          message: `The final GROUP BY must not hold ${context.textOf(key)}, of class ${facts.threshold}`,
          help: 'Group by it in a WITH part and aggregate again outside',
        })
      }
    }
  },
}

function factsId(context: RuleContext, expression: ResolvedSelect['items'][number]['expression']): number | undefined {
  return context.resolution.expressions.get(expression)?.id
}
