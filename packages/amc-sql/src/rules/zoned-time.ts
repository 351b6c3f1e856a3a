import { isTime } from '../resolve/types.ts'
import type { Expression } from '../tree.ts'
import { childrenOf } from '../resolve/children.ts'
import type { Rule, RuleContext, RuleEntry } from './rule.ts'

const zoned = /^\s*(\d{4}-\d\d-\d\d)([T ])(\d\d:\d\d)(:\d\d)?(\.\d+)?\s*(Z|[+-]\d\d:?\d\d)\s*$/i

/** AMC keeps the zone of a run in a field of its own; a time that carries one matches nothing. */
export const zonedTime: Rule = {
  code: 'AMC021',
  severity: 'error',
  check(context, report) {
    const suspects = new Set<Expression>()
    for (const node of context.expressions('literal')) if (zoned.test(node.value)) suspects.add(node)
    if (suspects.size === 0) return
    for (const expression of context.resolution.expressions.keys()) {
      const parts = expression.kind === 'literal' ? [expression] : childrenOf(expression)
      if (!meetsTime(context, expression, parts)) continue
      for (const part of parts) {
        // Each is reported once, with the first expression that it meets a time in.
        if (part.kind !== 'literal' || !suspects.delete(part)) continue
        report(part, {
          message: 'A time with a zone does not match AMC’s times, which have none',
          help: 'Leave out the Z or the offset, and set the zone of the run',
          ...context.menders.withoutZone?.(context, part, zoned),
        })
      }
    }
  },
}

export const zonedTimeEntry: RuleEntry = {
  rule: zonedTime,
  title: 'Times carry no zone',
  why: 'AMC’s times have no zone, and the zone of a run has a field of its own. A literal that ends in `Z` or in an offset is refused, or matches nothing without a word. The fix writes the same moment in UTC, which is what the columns ending in `_utc` hold. The ends of the time window of a run are checked in the same way.',
  source: 'fact',
  bad: `SELECT campaign, SUM(impressions) AS impressions
FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P7D', 'P0D'))
WHERE impression_dt_utc >= '2025-07-15T00:00:00Z'
GROUP BY campaign`,
  good: `SELECT campaign, SUM(impressions) AS impressions
FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P7D', 'P0D'))
WHERE impression_dt_utc >= '2025-07-15T00:00:00'
GROUP BY campaign`,
}

function meetsTime(context: RuleContext, expression: Expression, parts: readonly Expression[]): boolean {
  if (expression.kind === 'cast') return /^(DATE|TIMESTAMP)$/.test(expression.type.name)
  return parts.some((part) => isTime(context.facts(part)?.type ?? { kind: 'UNKNOWN' }))
}
