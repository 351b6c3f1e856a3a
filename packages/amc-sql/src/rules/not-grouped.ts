import type { FaultOf } from '../resolve/faults.ts'
import type { ResolvedSelect } from '../resolve/resolution.ts'
import { neverShown } from '../resolve/thresholds.ts'
import { mend } from './edits.ts'
import { addKeys } from './grouping-edits.ts'
import type { Finding, Rule, RuleContext, RuleEntry } from './rule.ts'

/** In an aggregating SELECT every column is grouped or aggregated. */
export const notGrouped: Rule = {
  code: 'AMC008',
  severity: 'error',
  check(context, report) {
    const bySelect = new Map<ResolvedSelect | null, FaultOf<'not-grouped'>[]>()
    for (const fault of context.faults('not-grouped')) {
      const select = context.selectAround(fault.range)
      const same = bySelect.get(select)
      if (same === undefined) bySelect.set(select, [fault])
      else same.push(fault)
    }
    for (const [select, faults] of bySelect) {
      const fix = select === null ? {} : groupThem(context, select, faults)
      for (const { range, text } of faults)
        report(range, {
          message: `${text} is neither grouped nor aggregated`,
          help: `Add ${text} to GROUP BY, or aggregate it`,
          amc: `Expression '${text}' is not being grouped`,
          ...fix,
        })
    }
  },
}

export const notGroupedEntry: RuleEntry = {
  rule: notGrouped,
  title: 'Every column is grouped or aggregated',
  why: 'Where a SELECT aggregates, each column outside an aggregate must stand in GROUP BY, by its name, its alias or its position in the list.',
  source: 'fact',
  bad: `SELECT campaign, line_item, SUM(clicks) AS clicks
FROM dsp_clicks
GROUP BY 1`,
  good: `SELECT campaign, line_item, SUM(clicks) AS clicks
FROM dsp_clicks
GROUP BY 1, 2`,
}

/** One fix for all of a SELECT; in a list of positions a whole item gets its position. */
function groupThem(
  context: RuleContext,
  select: ResolvedSelect,
  faults: readonly FaultOf<'not-grouped'>[],
): Pick<Finding, 'fixes'> {
  const { node } = select
  const final = context.finalSelects.includes(select)
  const byPosition = node.groupBy.length > 0 && node.groupBy.every(({ kind }) => kind === 'literal')
  const items = new Map(node.items.map(({ expression }, at) => [expression.from, { expression, at }]))
  const keys = new Set<string>()
  for (const { range, text } of faults) {
    const item = items.get(range.from)
    const whole = item !== undefined && item.expression.to === range.to ? item : null
    const threshold = whole === null ? 'NONE' : (context.facts(whole.expression)?.threshold ?? 'NONE')
    // A user id in the final grouping would be refused in its turn.
    if (final && neverShown(threshold)) return {}
    keys.add(byPosition && whole !== null ? String(whole.at + 1) : text)
  }
  const names = [...new Set(faults.map(({ text }) => text))]
  return mend(
    `Add ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''} to GROUP BY`,
    addKeys(context, select, [...keys]),
  )
}
