import type { Rule, RuleEntry } from './rule.ts'

/** An alias is no name yet in WHERE, in ON and beside it in the select list. */
export const aliasScope: Rule = {
  code: 'AMC016',
  severity: 'error',
  check(context, report) {
    for (const fault of context.faults('sibling-alias')) {
      const { range, name, clause } = fault
      report(range, {
        message:
          clause === 'SELECT'
            ? `${name} is an alias of the same SELECT and no column yet`
            : `${name} is an alias, and ${clause} is read before it exists`,
        help:
          clause === 'WHERE'
            ? 'Repeat the expression, use HAVING where it is an aggregate, or go on from a WITH part'
            : 'Repeat the expression, or put the SELECT into a WITH part and go on from there',
        amc: `Column '${name}' not found in any table`,
        ...context.menders.repeatAlias?.(context, fault),
      })
    }
  },
}

export const aliasScopeEntry: RuleEntry = {
  rule: aliasScope,
  title: 'An alias is no column of its own SELECT',
  why: 'WHERE and ON are read before the aliases of the select list exist, and one item cannot use the alias of another. GROUP BY and HAVING know them. Repeat the expression, or compute it in a WITH part.',
  source: 'calcite',
  bad: `SELECT campaign, total_cost / 100000 AS dollars, COUNT(DISTINCT user_id) AS users
FROM dsp_impressions
WHERE dollars > 1
GROUP BY 1, 2`,
  good: `SELECT campaign, total_cost / 100000 AS dollars, COUNT(DISTINCT user_id) AS users
FROM dsp_impressions
WHERE (total_cost / 100000) > 1
GROUP BY 1, 2`,
}
