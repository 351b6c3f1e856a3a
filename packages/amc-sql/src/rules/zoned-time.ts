import { isTime } from '../resolve/types.ts'
import type { Expression } from '../tree.ts'
import { childrenOf } from '../resolve/children.ts'
import type { Rule } from './rule.ts'

const zoned = /^\s*\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)\s*$/i

/** AMC keeps the zone of a run in a field of its own; a time that carries one matches nothing. */
export const zonedTime: Rule = {
  code: 'AMC021',
  severity: 'error',
  check({ resolution }, report) {
    const suspects = new Set<Expression>()
    for (const node of resolution.expressions.keys())
      if (node.kind === 'literal' && zoned.test(node.value)) suspects.add(node)
    if (suspects.size === 0) return
    for (const expression of resolution.expressions.keys()) {
      const parts = expression.kind === 'literal' ? [expression] : childrenOf(expression)
      const meetsTime =
        expression.kind === 'cast'
          ? /^(DATE|TIMESTAMP)$/.test(expression.type.name)
          : parts.some((part) => isTime(resolution.expressions.get(part)?.type ?? { kind: 'UNKNOWN' }))
      if (!meetsTime) continue
      for (const part of parts) {
        // Each is reported once, with the first expression that it meets a time in.
        if (!suspects.delete(part)) continue
        report(part, {
          message: 'A time with a zone does not match AMC’s times, which have none',
          help: 'Leave out the Z or the offset, and set the zone of the run',
        })
      }
    }
  },
}
