import type { Expression, SelectItem } from '../tree.ts'
import { functions } from '../functions/catalogue.ts'
import { childrenOf } from './children.ts'
import type { Resolver } from './resolver.ts'

/** Reports every column of an aggregating SELECT that is neither grouped nor inside an aggregate. */
export function checkGrouping(
  r: Resolver,
  items: readonly SelectItem[],
  having: Expression | null,
  keys: ReadonlySet<number | undefined>,
): void {
  for (const item of items) checkExpression(r, item.expression, keys)
  if (having !== null) checkExpression(r, having, keys)
}

function checkExpression(r: Resolver, expression: Expression, keys: ReadonlySet<number | undefined>): void {
  const facts = r.expressions.get(expression)
  if (facts === undefined || keys.has(facts.id)) return
  if (expression.kind === 'call' && expression.over === null && isAggregate(expression.name.text)) return
  if (expression.kind === 'column') {
    const binding = r.bindings.get(expression)
    if (binding?.kind === 'alias') checkExpression(r, binding.expression, keys)
    else if (binding !== undefined) r.fault({ kind: 'not-grouped', range: expression, text: r.textOf(expression) })
    return
  }
  for (const child of childrenOf(expression)) checkExpression(r, child, keys)
}

export function isAggregate(name: string): boolean {
  return functions.get(name.toUpperCase())?.kind === 'aggregate'
}
