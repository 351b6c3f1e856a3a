import type { Chain, Expression } from '../tree.ts'

/** The conditions that must all hold for a condition to hold. */
export function conjuncts(condition: Expression | null): readonly Expression[] {
  if (condition === null) return []
  if (!isConjunction(condition)) return [condition]
  if (!condition.operands.some(isConjunction)) return condition.operands
  return condition.operands.flatMap(conjuncts)
}

function isConjunction(condition: Expression): condition is Chain {
  return condition.kind === 'chain' && condition.operators[0] === 'AND'
}
