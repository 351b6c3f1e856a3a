import type { Rule } from './rule.ts'

const operators: ReadonlySet<string> = new Set(['=', '<>', '!='])

/** `= NULL` is never true. */
export const nullComparison: Rule = {
  code: 'AMC032',
  severity: 'warning',
  check({ resolution }, report) {
    for (const node of resolution.expressions.keys()) {
      if (node.kind !== 'binary' || !operators.has(node.operator)) continue
      const hasNull = [node.left, node.right].some((side) => side.kind === 'literal' && side.type === 'null')
      if (!hasNull) continue
      report(node, {
        severity: 'warning',
        message: 'A comparison with NULL is never true',
        help: node.operator === '=' ? 'Write IS NULL' : 'Write IS NOT NULL',
      })
    }
  },
}
