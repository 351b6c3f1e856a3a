import type { FaultOf } from '../resolve/faults.ts'
import { filtersRankAlias } from './rank-having.ts'
import type { Rule, RuleEntry } from './rule.ts'

/** Aggregates and windows stand in SELECT, HAVING or ORDER BY, and not inside each other. */
export const misplacedAggregate: Rule = {
  code: 'AMC017',
  severity: 'error',
  check(context, report) {
    for (const fault of context.faults('aggregate-misplaced')) {
      const { range, where, window } = fault
      // Where a comma is missing in the list, its positions have moved.
      if (context.broken && where === 'GROUP BY' && /^\d+$/.test(context.textOf(range))) continue
      const what = window ? 'Windowed aggregate expression' : 'Aggregate expression'
      report(range, {
        message: `${window ? 'A window function' : 'An aggregate'} must not stand in ${where}`,
        help: helpFor(fault),
        amc: `${what} is illegal in ${where} clause`,
        ...context.menders.moveAggregate?.(context, fault),
      })
    }
    for (const { range } of context.faults('aggregate-nested'))
      report(range, {
        message: 'Aggregates must not stand inside each other',
        help: 'Compute the inner one in a WITH part',
        amc: 'Aggregate expressions cannot be nested',
      })
    for (const { range } of context.faults('window-in-having')) {
      const having = context.selectAround(range)?.node.having ?? null
      if (having !== null && filtersRankAlias(context, having)) continue
      report(range, {
        message: 'HAVING must not use a window function, also not by its alias',
        help: 'Compute it in a WITH part and filter with WHERE',
        amc: 'Windowed aggregate expression is illegal in HAVING clause',
      })
    }
  },
}

export const misplacedAggregateEntry: RuleEntry = {
  rule: misplacedAggregate,
  title: 'No aggregate in WHERE, ON or GROUP BY',
  why: 'WHERE and ON look at single rows, before anything is summed. A condition on a sum belongs into HAVING; a window function is computed in a WITH part and filtered outside. GROUP BY holds what is grouped and never the sums.',
  source: 'fact',
  bad: `SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
WHERE SUM(clicks) > 100
GROUP BY campaign`,
  good: `SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
GROUP BY campaign HAVING SUM(clicks) > 100`,
}

function helpFor({ where, window }: FaultOf<'aggregate-misplaced'>): string {
  if (where === 'WHERE' && !window) return 'Use HAVING, or aggregate in a WITH part'
  return where === 'GROUP BY' ? 'Group by the columns that are not aggregated' : 'Compute it in a WITH part'
}
