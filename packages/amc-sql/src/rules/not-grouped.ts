import type { FaultOf } from '../resolve/faults.ts'
import type { ResolvedSelect } from '../resolve/resolution.ts'
import type { Rule, RuleEntry } from './rule.ts'

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
