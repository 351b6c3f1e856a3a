import { isTime } from '../resolve/types.ts'
import type { Literal } from '../tree.ts'
import { childrenOf } from '../resolve/children.ts'
import type { Rule } from './rule.ts'

const zoned = /^\s*\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)\s*$/i

/** AMC keeps the zone of a run in a field of its own; a time that carries one matches nothing. */
export const zonedTime: Rule = {
  code: 'AMC021',
  check({ resolution }, report) {
    const reported = new Set<Literal>()
    for (const expression of resolution.expressions.keys()) {
      const parts = expression.kind === 'literal' ? [expression] : childrenOf(expression)
      const meetsTime =
        expression.kind === 'cast'
          ? /^(DATE|TIMESTAMP)$/.test(expression.type.name)
          : parts.some((part) => isTime(resolution.expressions.get(part)?.type ?? { kind: 'UNKNOWN' }))
      if (!meetsTime) continue
      for (const part of parts) {
        if (part.kind !== 'literal' || !zoned.test(part.value) || reported.has(part)) continue
        reported.add(part)
        report(part, {
          message: 'A time with a zone does not match AMC’s times, which have none',
          help: 'Leave out the Z or the offset, and set the zone of the run',
        })
      }
    }
  },
}
