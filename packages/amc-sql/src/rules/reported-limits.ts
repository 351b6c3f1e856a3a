import type { Expression, WindowSpecification } from '../tree.ts'
import { mend, replace } from '../edits.ts'
import { type Rule, type RuleContext, type RuleEntry, severityOf } from './rule.ts'
import { noMatch } from './unknown-function.ts'

/** NTILE, `COUNT(*) OVER ()` and COLLECT of a computed value, which people outside Amazon report AMC to refuse. */
export const reportedLimits: Rule = {
  code: 'AMC018',
  severity: 'warning',
  check(context, report) {
    const severity = severityOf(context.dialect.reported)
    for (const call of context.expressions('call')) {
      const [argument] = call.arguments
      switch (call.name.text.toUpperCase()) {
        case 'NTILE':
          report(call.name, {
            severity,
            message: 'AMC is reported to have no NTILE',
            help: 'Number the rows with ROW_NUMBER() and divide by their count: CEIL(4.0 * row / rows)',
            amc: noMatch('NTILE', ['INTEGER']),
            ...context.menders.countBuckets?.(context, call),
          })
          break
        case 'COUNT':
          if (argument?.kind === 'star' && call.over !== null && isEmpty(context, call.over))
            report(call, {
              severity,
              ours: true,
              message: 'AMC is reported to refuse COUNT(*) OVER ()',
              help: 'Write SUM(1) OVER (), or COUNT(column) OVER ()',
              ...mend('Write SUM(1) OVER ()', replace({ from: call.from, to: call.over.from }, 'SUM(1) OVER ')),
            })
          break
        case 'COLLECT':
          if (argument !== undefined && isComputed(argument))
            report(argument, {
              severity,
              ours: true,
              message: 'AMC is reported to refuse a computed value in COLLECT',
              help: 'Compute it in a WITH part, give it a name, and collect the name',
            })
          break
        default:
      }
    }
  },
}

export const reportedLimitsEntry: RuleEntry = {
  rule: reportedLimits,
  title: 'No NTILE, no COUNT(*) OVER (), no computed COLLECT',
  why: 'People who ran these report that AMC refuses them, though Amazon’s text is silent. Rows fall into equal buckets by their number; all rows are counted with `SUM(1) OVER ()`; what COLLECT gathers is computed in a WITH part first. The dialect switch `reported: "refuse"` makes these errors.',
  source: 'report',
  bad: `WITH per_user AS (
  SELECT user_id, SUM(impressions) AS impressions
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  GROUP BY user_id
), bucketed AS (
  SELECT user_id, NTILE(4) OVER (ORDER BY impressions) AS bucket FROM per_user
)
SELECT bucket, COUNT(DISTINCT user_id) AS users FROM bucketed GROUP BY bucket`,
  good: `WITH per_user AS (
  SELECT user_id, SUM(impressions) AS impressions
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  GROUP BY user_id
), bucketed AS (
  SELECT user_id, CEIL(4.0 * ROW_NUMBER() OVER (ORDER BY impressions) / NULLIF(SUM(1) OVER (), 0)) AS bucket FROM per_user
)
SELECT bucket, COUNT(DISTINCT user_id) AS users FROM bucketed GROUP BY bucket`,
}

function isEmpty(context: RuleContext, over: WindowSpecification): boolean {
  const window = context.resolution.windows.get(over) ?? over
  return window.partitionBy.length === 0 && window.orderBy.length === 0
}

/** A named row is what a path is collected from, and nothing else than its parts. */
function isComputed(node: Expression): boolean {
  switch (node.kind) {
    case 'column':
    case 'literal':
    case 'parameter':
    case 'missing':
    case 'star':
    case 'row':
      return false
    case 'call':
      return node.name.text.toUpperCase() !== 'NAMED_ROW'
    default:
      return true
  }
}
