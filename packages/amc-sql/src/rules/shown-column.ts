import { neverShown } from '../resolve/thresholds.ts'
import type { SelectItem } from '../tree.ts'
import { isGuess, type Report, type Rule, type RuleContext, type RuleEntry } from './rule.ts'

/** A column of class VERY_HIGH or INTERNAL must not come out. */
export const shownColumn: Rule = {
  code: 'AMC002',
  severity: 'error',
  privacy: true,
  check(context, report) {
    reportShown(context, report, true)
  },
}

export const shownColumnEntry: RuleEntry = {
  rule: shownColumn,
  title: 'No VERY_HIGH or INTERNAL column in the result',
  why: 'AMC never shows `user_id` or its own internal ids, and refuses a query that would. People can be counted: `COUNT(DISTINCT user_id)`. Other internal columns are left out.',
  source: 'fact',
  bad: `SELECT user_id, SUM(clicks) AS clicks
FROM dsp_clicks
GROUP BY user_id`,
  good: `SELECT COUNT(DISTINCT user_id) AS users, SUM(clicks) AS clicks
FROM dsp_clicks`,
}

/** A fix looks at the whole SELECT, so that one for each of thousands of items would take for ever. */
const mostMended = 100

/** Reports the items of class VERY_HIGH and INTERNAL: those that are a column of a table, or those that only come from one. */
export function reportShown(context: RuleContext, report: Report, direct: boolean): void {
  for (const select of context.finalSelects) {
    const reported = new Set<number>()
    const written = new Set(select.node.items)
    for (const item of select.items) {
      // The columns behind one star stand at one place.
      if (reported.has(item.from)) continue
      // AMC001 refuses a star over a table, whatever is behind it.
      if (direct && !written.has(item)) continue
      const facts = context.facts(item.expression)
      if (facts === undefined || !neverShown(facts.threshold) || isDirect(context, item) !== direct) continue
      if (context.audience && context.isUserId(item.expression)) continue
      if (isGuess(item.expression)) continue
      reported.add(item.from)
      const what = context.textOf(item.expression)
      const counted = facts.threshold === 'VERY_HIGH'
      report(item, {
        message: direct
          ? `${what} is of class ${facts.threshold}, which AMC never shows`
          : `${pathOf(context, item) ?? `${what} is made of a column`} of class ${facts.threshold}, which AMC never shows`,
        help: counted ? 'Count it instead: COUNT(DISTINCT …), or leave it out' : 'Leave it out',
        ...(reported.size <= mostMended &&
          (counted
            ? context.menders.countInstead?.(context, select, item)
            : context.menders.leaveOut?.(context, select, item))),
      })
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
  const origin = context.lineage
    .expression(item.expression)
    .find(({ column: { threshold } }) => threshold !== null && neverShown(threshold))
  if (origin === undefined) return null
  const steps = origin.steps.map(({ column, relation }) => (relation === '' ? column : `${column} in ${relation}`))
  const way = [...steps, ...(item.expression.kind === 'column' ? [] : [context.textOf(item.expression)])]
  return `${origin.column.name} reaches the result through ${way.join(', then ')}: it is`
}
