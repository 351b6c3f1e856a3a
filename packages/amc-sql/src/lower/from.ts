import type { Binding, FromItem, ResolvedJoin, Source } from '../resolve/resolution.ts'
import { types } from '../resolve/types.ts'
import { lowerBinding } from './bindings.ts'
import type { Lowering } from './lowering.ts'
import { comparable } from './operands.ts'
import { quoteName } from './text.ts'

/** A member of FROM. */
export function lowerFrom(l: Lowering, item: FromItem, carry: boolean): string {
  return item.kind === 'source' ? lowerSource(l, item, carry) : lowerJoin(l, item, carry)
}

function lowerSource(l: Lowering, source: Source, carry: boolean): string {
  const { from } = source
  const alias = l.alias(source)
  switch (from.kind) {
    case 'table':
      return `${l.tables.read(source, from, carry && l.sets !== null)} AS ${alias}`
    case 'cte':
      return `${quoteName(l.cteName(from.cte))} AS ${alias}`
    case 'query':
      return `(${l.query(from.query, carry)}) AS ${alias}`
    case 'unknown':
      return `${l.fail(source.node, 'The local data has no such table')} AS ${alias}`
  }
}

const words = { inner: 'JOIN', left: 'LEFT JOIN', full: 'FULL JOIN', cross: 'CROSS JOIN', right: 'RIGHT JOIN' } as const

function lowerJoin(l: Lowering, join: ResolvedJoin, carry: boolean): string {
  const left = lowerFrom(l, join.left, carry)
  const right = lowerFrom(l, join.right, carry)
  const nested = join.right.kind === 'join' ? `(${right})` : right
  const conditions = join.using.map((pair) => {
    const [a, b] = comparable(
      [pair.left, pair.right].map((binding) => ({ sql: lowerBinding(l, binding), type: typeOf(binding) })),
    )
    return `${a} = ${b}`
  })
  if (join.node.on !== null) conditions.push(l.expression(join.node.on))
  if (join.type === 'cross') return `${left} CROSS JOIN ${nested}`
  return `${left} ${words[join.type]} ${nested} ON ${conditions.length === 0 ? 'true' : conditions.join(' AND ')}`
}

function typeOf(binding: Binding) {
  if (binding.kind === 'merged') return typeOf(binding.left)
  return binding.kind === 'column'
    ? (binding.source.relation.columns[binding.index]?.type ?? types.unknown)
    : types.unknown
}
