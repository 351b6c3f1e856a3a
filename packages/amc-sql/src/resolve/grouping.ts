import type { Expression, SelectItem } from '../tree.ts'
import { callable } from '../functions/catalogue.ts'
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
  // A function that AMC lacks has its own finding, and may well be an aggregate elsewhere.
  if (expression.kind === 'call' && expression.over === null && isAggregateOrUnknown(expression.name.text)) return
  if (expression.kind === 'column') {
    const binding = r.bindings.get(expression)
    if (binding?.kind === 'alias') checkExpression(r, binding.expression, keys)
    else if (binding !== undefined) r.fault({ kind: 'not-grouped', range: expression, text: r.textOf(expression) })
    return
  }
  for (const child of ungrouped(r, expression, keys)) checkExpression(r, child, keys)
}

/** The parts of an expression without the beginning of a chain that is a group key: `a + b` in `a + b + c`. */
function ungrouped(r: Resolver, expression: Expression, keys: ReadonlySet<number | undefined>): readonly Expression[] {
  const children = childrenOf(expression)
  if (expression.kind !== 'chain') return children
  const grouped = r.beginnings.get(expression)?.findLastIndex(({ id }) => keys.has(id)) ?? -1
  return grouped < 1 ? children : children.slice(grouped + 1)
}

function isAggregateOrUnknown(name: string): boolean {
  const entry = callable.get(name.toUpperCase())
  return entry === undefined || entry.kind === 'aggregate'
}
