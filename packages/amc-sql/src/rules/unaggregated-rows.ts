import { RowsOfUsers } from '../lineage/rows-of-users.ts'
import { neverShown } from '../resolve/thresholds.ts'
import { isGuess, itemsRange, type Rule, type RuleEntry } from './rule.ts'
import { isRefusedStar } from './star.ts'

/** Rows of one user each must not reach the output; AMC's guide says that a query aggregates. */
export const unaggregatedRows: Rule = {
  code: 'AMC005',
  severity: 'error',
  privacy: true,
  check(context, report) {
    if (context.audience || context.broken) return
    // A grouping by the user id itself is AMC002's or AMC004's.
    const selects = context.finalSelects.filter((select) => !select.aggregate && !select.relation.open)
    if (selects.length === 0) return
    const rows = new RowsOfUsers(context.resolution)
    for (const select of selects) {
      const table = rows.tableOf(select)
      if (table === null || select.node.items.some(isRefusedStar(select))) continue
      if (select.items.some(({ expression }) => isGuess(expression))) continue
      // An item that shows the user has its own finding and its own fix.
      const shows = select.items.some(({ expression }) => neverShown(context.facts(expression)?.threshold ?? 'NONE'))
      report(itemsRange(select), {
        message: `Rows of ${table.name} reach the output one by one`,
        help: 'Aggregate: SUM, COUNT, … with GROUP BY',
        ...(!shows && context.menders.sumItems?.(context, select)),
      })
    }
  },
}

export const unaggregatedRowsEntry: RuleEntry = {
  rule: unaggregatedRows,
  title: 'Event rows do not reach the result one by one',
  why: 'AMC answers with aggregates over people, never with single events or with one row per person. The final SELECT sums, counts, or reads a WITH part that did so.',
  source: 'fact',
  bad: `SELECT campaign, impressions
FROM dsp_impressions`,
  good: `SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impressions
GROUP BY campaign`,
}
