import type { SetExpression } from '../tree.ts'
import { type Rule, type RuleEntry, severityOf } from './rule.ts'

/** The branches of a UNION have the same number of columns, of types that fit. */
export const unionBranches: Rule = {
  code: 'AMC014',
  severity: 'error',
  check(context, report) {
    for (const { range, left, right } of context.faults('union-width')) {
      // A branch that was not written yet has been reported.
      if (context.broken && (left === 0 || right === 0)) continue
      report(range, {
        message: `This branch has ${columns(right)}, the one above it ${left}`,
        help: 'Fill up with NULL or 0 columns',
        amc: 'Column count mismatch in UNION',
        ...context.menders.fillBranch?.(context, range as SetExpression),
      })
    }
    for (const { range, column, left, right, asText } of context.faults('union-type'))
      report(range, {
        ...(asText && { severity: severityOf(context.dialect.undocumented) }),
        message: `Column ${column} is ${right} here and ${left} in the branch above`,
        help: asText ? 'CAST one of them: text and other values only meet as text' : 'CAST one of them',
        amc: `Type mismatch in column ${column} of UNION ALL`,
        ...context.menders.fitColumn?.(context, range as SetExpression, column, left),
      })
  },
}

export const unionBranchesEntry: RuleEntry = {
  rule: unionBranches,
  title: 'The branches of a UNION match',
  why: 'All branches have the same number of columns, in the same order and of types that fit; names come from the first branch. What a branch does not have is `NULL AS name`, or `0 AS name` where it will be summed.',
  source: 'fact',
  bad: `SELECT campaign, SUM(impressions) AS impressions, SUM(total_cost) / 100000.0 AS cost
FROM dsp_impressions GROUP BY campaign
UNION ALL
SELECT campaign, SUM(impressions) AS impressions
FROM sponsored_ads_traffic GROUP BY campaign`,
  good: `SELECT campaign, SUM(impressions) AS impressions, SUM(total_cost) / 100000.0 AS cost
FROM dsp_impressions GROUP BY campaign
UNION ALL
SELECT campaign, SUM(impressions) AS impressions, NULL AS cost
FROM sponsored_ads_traffic GROUP BY campaign`,
}

function columns(count: number): string {
  return `${count} ${count === 1 ? 'column' : 'columns'}`
}
