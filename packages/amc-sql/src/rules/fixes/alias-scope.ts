import { childrenOf } from '../../resolve/children.ts'
import type { FaultOf } from '../../resolve/faults.ts'
import type { Expression } from '../../tree.ts'
import { type Mending, mend, operandText, replace } from '../../edits.ts'
import type { RuleContext } from '../rule.ts'
import { aliasedItem, moveToHaving } from './having.ts'

/** The expression in the place of its alias; not where that would need the same again. */
export function repeatAlias(context: RuleContext, { range, name, clause }: FaultOf<'sibling-alias'>): Mending {
  const select = context.selectAround(range)
  const item = select === null ? undefined : aliasedItem(select, name)
  if (select === null || item === undefined) return {}
  const facts = context.facts(item.expression)
  // HAVING knows the alias of an aggregate.
  if (clause === 'WHERE' && facts?.aggregate === true && !facts.window) return moveToHaving(context, select)
  const unfit = facts === undefined || (clause !== 'SELECT' && (facts.aggregate || facts.window))
  if (unfit || !isComplete(context, item.expression)) return {}
  return mend(`Repeat the expression of ${name}`, replace(range, operandText(context.text, item.expression)))
}

/** True where every name in an expression has a meaning, so that it can stand elsewhere. */
function isComplete(context: RuleContext, node: Expression): boolean {
  if (node.kind === 'column') return context.resolution.bindings.has(node)
  return childrenOf(node).every((child) => isComplete(context, child))
}
