import { neverShown } from '../resolve/thresholds.ts'
import type { Rule, RuleEntry } from './rule.ts'

/** A final GROUP BY on such a column gives one row per person; an order by it tells of persons too. */
export const finalGroupKey: Rule = {
  code: 'AMC004',
  severity: 'error',
  privacy: true,
  check(context, report) {
    for (const select of context.finalSelects) {
      const shown = new Set(select.items.map((item) => context.facts(item.expression)?.id))
      for (const [at, key] of select.node.groupBy.entries()) {
        const facts = context.facts(key)
        if (facts === undefined || !neverShown(facts.threshold) || shown.has(facts.id)) continue
        report(key, {
          message: `The final GROUP BY must not hold ${context.textOf(key)}, of class ${facts.threshold}`,
          help: 'Group by it in a WITH part and aggregate again outside',
          ...context.menders.dropKey?.(context, select, at, context.textOf(key)),
        })
      }
    }
    for (const { node, column } of context.resolution.query?.orderBy ?? []) {
      const facts = column === null && !context.audience ? context.facts(node.expression) : undefined
      if (facts === undefined || !neverShown(facts.threshold)) continue
      report(node.expression, {
        message: `The final ORDER BY must not hold ${context.textOf(node.expression)}, of class ${facts.threshold}`,
        help: 'Order by an output column',
      })
    }
  },
}

export const finalGroupKeyEntry: RuleEntry = {
  rule: finalGroupKey,
  title: 'No VERY_HIGH column in the final GROUP BY or ORDER BY',
  why: 'One row per person is refused also where the person is not shown, and so is an order of rows by persons. Group by `user_id` in a WITH part and aggregate again outside; then the result says how many people did what, and not who.',
  source: 'report',
  bad: `SELECT SUM(impressions) AS impressions
FROM dsp_impressions
GROUP BY user_id`,
  good: `WITH per_user AS (
  SELECT user_id, SUM(impressions) AS impressions
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  GROUP BY user_id
)
SELECT impressions AS frequency, COUNT(user_id) AS users
FROM per_user
GROUP BY impressions`,
}
