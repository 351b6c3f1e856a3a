import { childrenOf } from '../resolve/children.ts'
import type { Expression } from '../tree.ts'
import type { Rule } from './rule.ts'

/** What AMC answers to a division by zero is not documented. */
export const unguardedDivision: Rule = {
  code: 'AMC026',
  severity: 'warning',
  check({ resolution }, report) {
    const guarded = new Set<Expression>()
    for (const expression of resolution.expressions.keys()) if (isChoice(expression)) guard(expression, guarded)
    for (const expression of resolution.expressions.keys()) {
      if (expression.kind !== 'chain' || guarded.has(expression)) continue
      for (const [at, operator] of expression.operators.entries()) {
        const divisor = expression.operands[at + 1]
        if (operator !== '/' || divisor === undefined || holdsNullif(divisor)) continue
        const facts = resolution.expressions.get(divisor)
        if (facts === undefined || facts.constant || facts.type.kind === 'UNKNOWN') continue
        report(divisor, {
          severity: 'warning',
          message: 'The divisor can be zero',
          help: 'Write NULLIF(…, 0) around it',
        })
      }
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
