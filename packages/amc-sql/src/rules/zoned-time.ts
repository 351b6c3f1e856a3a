import { isTime } from '../resolve/types.ts'
import type { Expression, Literal } from '../tree.ts'
import { childrenOf } from '../resolve/children.ts'
import { mend, replace } from './edits.ts'
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
        const text = withoutZone(context, part)
        report(part, {
          message: 'A time with a zone does not match AMC’s times, which have none',
          help: 'Leave out the Z or the offset, and set the zone of the run',
          ...mend(`Write ${text}`, replace(part, text)),
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

/** The same moment in UTC, written as the literal was. */
function withoutZone(context: RuleContext, node: Literal): string {
  const [, date = '', between = ' ', time = '', seconds = '', fraction = '', zone = 'Z'] = zoned.exec(node.value) ?? []
  const offset = /^([+-])(\d\d):?(\d\d)$/.exec(zone)
  const minutes = offset === null ? 0 : (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === '-' ? 1 : -1)
  const moment = new Date(Date.parse(`${date}T${time}:00Z`) + minutes * 60_000)
  const iso = Number.isNaN(moment.getTime()) ? `${date}T${time}` : moment.toISOString()
  const prefix = node.type === 'string' ? '' : `${/^\w+/.exec(context.textOf(node))?.[0] ?? ''} `
  return `${prefix}'${iso.slice(0, 10)}${between}${iso.slice(11, 16)}${seconds}${fraction}'`
}
