import type { Expression } from '../tree.ts'

/** The conditions that must all hold for a condition to hold. */
export function conjuncts(condition: Expression | null): readonly Expression[] {
  if (condition === null) return []
  if (condition.kind !== 'chain' || condition.operators[0] !== 'AND') return [condition]
  return condition.operands.flatMap(conjuncts)
}
