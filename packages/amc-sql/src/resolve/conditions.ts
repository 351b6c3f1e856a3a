import type { Expression } from '../tree.ts'
import type { ExpressionFacts } from './resolution.ts'
import type { Resolver } from './resolver.ts'
import { calciteName, fitsAll } from './types.ts'

/** Reports a condition that is not BOOLEAN. */
export function isCondition(r: Resolver, node: Expression, facts: ExpressionFacts, clause: string): void {
  if (facts.type.kind === 'BOOLEAN' || fitsAll(facts.type)) return
  r.fault({ kind: 'condition-type', range: node, clause, given: calciteName(facts.type) })
}
