import type { Resolution, ResolvedBody } from '../resolve/resolution.ts'
import type { Expression, Literal } from '../tree.ts'

/** The literals that a value can be: itself, or what a WITH part, VALUES or a union puts into its column. */
export function literalsBehind(resolution: Resolution, node: Expression): readonly Literal[] {
  if (node.kind === 'literal') return [node]
  if (node.kind === 'cast') return literalsBehind(resolution, node.operand)
  if (node.kind !== 'column') return []
  const binding = resolution.bindings.get(node)
  if (binding?.kind === 'alias') return literalsBehind(resolution, binding.expression)
  if (binding?.kind !== 'column' || binding.source.relation.columns[binding.index]?.constant !== true) return []
  const { from } = binding.source
  if (from.kind === 'cte') return literalsIn(resolution, from.cte.query.body, binding.index)
  return from.kind === 'query' ? literalsIn(resolution, from.query.body, binding.index) : []
}

function literalsIn(resolution: Resolution, body: ResolvedBody, at: number): readonly Literal[] {
  switch (body.kind) {
    case 'select': {
      const item = body.items[at]
      return item === undefined ? [] : literalsBehind(resolution, item.expression)
    }
    case 'values':
      return body.node.rows.flatMap(({ items }) => (items[at]?.kind === 'literal' ? [items[at]] : []))
    case 'parenthesized':
      return literalsIn(resolution, body.query.body, at)
    case 'union':
      return body.branches.flatMap((branch) => literalsIn(resolution, branch, at))
  }
}
