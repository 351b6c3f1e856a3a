import type { FaultOf } from '../resolve/faults.ts'
import type { ResolvedSelect } from '../resolve/resolution.ts'
import type { Rule, RuleEntry } from './rule.ts'
import { isRefusedStar } from './star.ts'

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
    for (const [select, all] of bySelect) {
      const faults = withoutStars(select, all)
      const fix = select === null ? {} : context.menders.groupThem?.(context, select, faults)
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

/** The columns behind a star have one place; one over a table is refused by itself. */
function withoutStars(
  select: ResolvedSelect | null,
  faults: readonly FaultOf<'not-grouped'>[],
): readonly FaultOf<'not-grouped'>[] {
  const stars = select?.node.items.filter(({ expression }) => expression.kind === 'star') ?? []
  if (select === null || stars.length === 0) return faults
  const passed = new Set(stars.filter(isRefusedStar(select)).map(({ from }) => from))
  const starts = new Set(stars.map(({ from }) => from))
  return faults.filter(({ range }) => {
    if (passed.has(range.from)) return false
    if (starts.has(range.from)) passed.add(range.from)
    return true
  })
}
