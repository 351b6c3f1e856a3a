import { childrenOf } from '../resolve/children.ts'
import type { Binding, FromItem, ResolvedJoin, ResolvedSelect, Source } from '../resolve/resolution.ts'
import { types } from '../resolve/types.ts'
import type { Expression } from '../tree.ts'
import { lowerBinding } from './bindings.ts'
import type { Lowering } from './lowering.ts'
import { comparable } from './operands.ts'
import { quoteName } from './text.ts'

/** FROM and WHERE of a SELECT, with a blank before them. */
export function lowerRows(l: Lowering, select: ResolvedSelect, carry: boolean): string {
  const { where } = select.node
  let sql = ''
  if (select.from.length > 0) sql += ` FROM ${select.from.map((item) => lowerFrom(l, item, carry)).join(', ')}`
  if (where !== null) sql += ` WHERE ${l.expression(where)}`
  return sql
}

/** GROUP BY and HAVING of a SELECT, with a blank before them. */
export function lowerGroups(l: Lowering, select: ResolvedSelect): string {
  const { having } = select.node
  let sql = ''
  if (select.groupBy.length > 0) sql += ` GROUP BY ${select.groupBy.map((key) => lowerGroupKey(l, key)).join(', ')}`
  // A rank can only be filtered when the groups are there (AMC035).
  if (having !== null)
    sql += ` ${l.resolution.expressions.get(having)?.window === true ? 'QUALIFY' : 'HAVING'} ${l.expression(having)}`
  return sql
}

/** A number, also one with a sign, would name a position; a constant groups nothing. */
export function lowerGroupKey(l: Lowering, key: Expression): string {
  const sql = l.expression(key)
  return holdsColumn(key) ? sql : `CAST(${sql} AS VARCHAR)`
}

function holdsColumn(node: Expression): boolean {
  return node.kind === 'column' || node.kind === 'subquery' || childrenOf(node).some(holdsColumn)
}

/** A member of FROM. */
function lowerFrom(l: Lowering, item: FromItem, carry: boolean): string {
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
      return `${l.lifted.get(source) ?? `(${l.query(from.query, carry)})`} AS ${alias}`
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
