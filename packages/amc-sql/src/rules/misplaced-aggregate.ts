import { filtersRankAlias } from './rank-having.ts'
import type { Rule } from './rule.ts'

/** Aggregates and windows stand in SELECT, HAVING or ORDER BY, and not inside each other. */
export const misplacedAggregate: Rule = {
  code: 'AMC017',
  severity: 'error',
  check(context, report) {
    for (const { range, where, window } of context.faults('aggregate-misplaced')) {
      const what = window ? 'Windowed aggregate expression' : 'Aggregate expression'
      report(range, {
        message: `${window ? 'A window function' : 'An aggregate'} must not stand in ${where}`,
        help: where === 'WHERE' && !window ? 'Use HAVING, or aggregate in a WITH part' : 'Compute it in a WITH part',
        amc: `${what} is illegal in ${where} clause`,
      })
    }
    for (const { range } of context.faults('aggregate-nested'))
      report(range, {
        message: 'Aggregates must not stand inside each other',
        help: 'Compute the inner one in a WITH part',
        amc: 'Aggregate expressions cannot be nested',
      })
    for (const { range } of context.faults('window-in-having')) {
      const having = context.selects.find(({ node }) => node.having === range)?.node.having ?? null
      if (having !== null && filtersRankAlias(context, having)) continue
      report(range, {
        message: 'HAVING must not use a window function, also not by its alias',
        help: 'Compute it in a WITH part and filter with WHERE',
        amc: 'Windowed aggregate expression is illegal in HAVING clause',
      })
    }
  },
}
