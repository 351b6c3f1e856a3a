import { childrenOf } from '../resolve/children.ts'
import type { Expression } from '../tree.ts'
import type { Rule } from './rule.ts'

/** What AMC answers to a division by zero is not documented. */
export const unguardedDivision: Rule = {
  code: 'AMC026',
  check({ resolution }, report) {
    const guarded = new Set<Expression>()
    for (const expression of resolution.expressions.keys()) if (isChoice(expression)) guard(expression, guarded)
    for (const expression of resolution.expressions.keys()) {
      if (expression.kind !== 'binary' || expression.operator !== '/' || guarded.has(expression)) continue
      const divisor = resolution.expressions.get(expression.right)
      if (divisor === undefined || divisor.constant || divisor.type.kind === 'UNKNOWN') continue
      if (holdsNullif(expression.right)) continue
      report(expression.right, {
        severity: 'warning',
        message: 'The divisor can be zero',
        help: 'Write NULLIF(…, 0) around it',
      })
    }
  },
}

function isChoice(node: Expression): boolean {
  return node.kind === 'case' || (node.kind === 'call' && node.name.text.toUpperCase() === 'IF')
}

/** A division inside CASE or IF is taken to be guarded by its condition. */
function guard(node: Expression, guarded: Set<Expression>): void {
  for (const child of childrenOf(node)) {
    if (guarded.has(child)) continue
    guarded.add(child)
    guard(child, guarded)
  }
}

function holdsNullif(node: Expression): boolean {
  return (node.kind === 'call' && node.name.text.toUpperCase() === 'NULLIF') || childrenOf(node).some(holdsNullif)
}
