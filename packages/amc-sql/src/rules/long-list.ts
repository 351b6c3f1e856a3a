import { longListAbove } from '../bind/long-lists.ts'
import type { Rule, RuleEntry } from './rule.ts'
import { valuesJoin } from './values-join.ts'

/** Amazon advises a list in a WITH part over a long IN. */
export const longList: Rule = {
  code: 'AMC042',
  severity: 'info',
  check(context, report) {
    for (const node of context.expressions('in-list')) {
      if (node.items.length <= longListAbove) continue
      const fix = node.negated ? null : valuesJoin(context, node, node.operand, node.items)
      const [first, last] = [node.items[0], node.items.at(-1)]
      report(
        { from: first?.from ?? node.from, to: last?.to ?? node.to },
        {
          message: `${node.items.length} values in IN make a slow query`,
          help: node.negated
            ? 'Put the list into a WITH part of VALUES, LEFT JOIN it and keep the rows without a partner'
            : 'Put the list into a WITH part of VALUES and INNER JOIN it',
          ...(fix !== null && { fixes: [fix] }),
        },
      )
    }
  },
}

export const longListEntry: RuleEntry = {
  rule: longList,
  title: 'Long lists stand in a WITH part',
  why: `Amazon's guide on fast queries advises to join a list of values instead of comparing with each of them. Put the list into a WITH part of VALUES and INNER JOIN it; every value must be there once, or the join repeats rows.`,
  source: 'fact',
  bad: `SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions
WHERE campaign_id_string IN ('1001', '1002'${", '1003'".repeat(longListAbove)}) GROUP BY campaign`,
  good: `WITH wanted (id) AS (VALUES ('1001'), ('1002'), ('1003'))
SELECT i.campaign, SUM(i.impressions) AS impressions FROM dsp_impressions i
INNER JOIN wanted ON wanted.id = i.campaign_id_string GROUP BY i.campaign`,
}
