import type { Cte, OrderItem, Query, Range, SetExpression, Union, Values } from '../tree.ts'
import { renamed, unknownColumn } from './renamed.ts'
import {
  relationOf,
  unknownRelation,
  type Relation,
  type RelationColumn,
  type ResolvedBody,
  type ResolvedCte,
  type ResolvedOrder,
  type ResolvedQuery,
  type ResolvedUnion,
  type ResolvedValues,
} from './resolution.ts'
import type { CteScope, Resolver } from './resolver.ts'
import { Scope, type Place } from './scope.ts'
import { resolveSelect } from './selects.ts'
import { strictest } from './thresholds.ts'
import { calciteName, fitsAll, meet, types, unify } from './types.ts'

/** Resolves a query with its WITH parts; `around` is the scope of the query that it stands in, for subqueries. */
export function resolveQuery(r: Resolver, query: Query, outer: CteScope | null, around: Scope | null): ResolvedQuery {
  const names = new Map<string, ResolvedCte>()
  const ctes: ResolvedCte[] = []
  const scope: CteScope = { names, parent: outer }
  for (const cte of query.ctes) {
    const resolved = resolveCte(r, cte, scope)
    ctes.push(resolved)
    // Set after its own query is resolved, so that a part that reads itself is an unknown table.
    if (cte.name.text !== '') names.set(cte.name.key, resolved)
  }
  const { body, place } = resolveBody(r, query.body, scope, around)
  const result: ResolvedQuery = { kind: 'query', node: query, ctes, body, relation: body.relation, orderBy: [] }
  result.orderBy = query.orderBy.map((item) => resolveOrder(r, item, body, place))
  for (const limit of [query.limit, query.offset])
    if (limit !== null)
      r.factsOf(limit, { scope: new Scope([], null, null), clause: 'ORDER BY', insideAggregate: false })
  r.queries.set(query, result)
  return result
}

function resolveCte(r: Resolver, cte: Cte, scope: CteScope): ResolvedCte {
  const query = resolveQuery(r, cte.query, scope, null)
  const isValues = cte.query.body.kind === 'values'
  return { node: cte, name: cte.name.text, query, relation: renamed(r, query.relation, cte.columns, isValues) }
}

interface BodyResult {
  body: ResolvedBody
  /** Where an ORDER BY after it stands; null where only the output columns can be named. */
  place: Place | null
}

function resolveBody(r: Resolver, body: SetExpression, ctes: CteScope, around: Scope | null): BodyResult {
  switch (body.kind) {
    case 'select':
      return resolveSelect(r, body, ctes, around)
    case 'values':
      return { body: resolveValues(r, body, ctes, around), place: null }
    case 'union':
      return { body: resolveUnion(r, body, ctes, around), place: null }
    case 'parenthesized': {
      const query = resolveQuery(r, body.query, ctes, around)
      return { body: { kind: 'parenthesized', node: body, query, relation: query.relation }, place: null }
    }
  }
}

function resolveValues(r: Resolver, values: Values, ctes: CteScope, around: Scope | null): ResolvedValues {
  const place: Place = { scope: new Scope([], around, ctes), clause: 'VALUES', insideAggregate: false }
  const width = values.rows[0]?.items.length ?? 0
  const columnTypes = Array.from({ length: width }, () => types.null as RelationColumn['type'])
  let mixed = false
  for (const row of values.rows) {
    if (row.items.length !== width)
      r.fault({ kind: 'values-rows', range: row, expected: width, given: row.items.length })
    for (const [at, item] of row.items.entries()) {
      const { type } = r.factsOf(item, place)
      const before = columnTypes[at]
      if (before === undefined) continue
      const both = meet(before, type)
      const isMixed = unify(before, type) === null
      if (isMixed && !mixed) r.fault({ kind: 'values-types', range: item, asText: both !== null })
      mixed ||= isMixed
      columnTypes[at] = both ?? types.unknown
    }
  }
  // `VALUES {{rows}}` has as many columns as its list of names says.
  const isList = values.rows.length === 1 && values.rows[0]?.items[0]?.kind === 'parameter' && width === 1
  const columns = columnTypes.map((type, at) => ({ ...unknownColumn, name: `EXPR$${at}`, type, constant: true }))
  return { kind: 'values', node: values, relation: isList ? unknownRelation : relationOf(columns) }
}

function resolveUnion(r: Resolver, node: Union, ctes: CteScope, around: Scope | null): ResolvedUnion {
  const branches = node.branches.map((branch) => resolveBody(r, branch, ctes, around).body)
  const relation = branches
    .map((branch) => branch.relation)
    .reduce((above, below, at) => united(r, node.branches[at] ?? node, above, below))
  return { kind: 'union', node, branches, relation }
}

function united(r: Resolver, range: Range, left: Relation, right: Relation): Relation {
  if (left.open || right.open) return left.open ? right : left
  if (left.columns.length !== right.columns.length) {
    r.fault({ kind: 'union-width', range, left: left.columns.length, right: right.columns.length })
    return left.columns.length > right.columns.length ? left : right
  }
  return relationOf(
    left.columns.map((column, at) => {
      const other = right.columns[at] ?? column
      const type = meet(column.type, other.type)
      if (unify(column.type, other.type) === null) {
        const [a, b] = [calciteName(column.type), calciteName(other.type)]
        r.fault({ kind: 'union-type', range, column: at + 1, left: a, right: b, asText: type !== null })
      }
      return {
        name: column.name,
        type: type ?? types.unknown,
        threshold: strictest(column.threshold, other.threshold),
        // A constant that fills a branch (0 AS clicks) does not make a measure a property.
        metric:
          (column.metric || column.constant) && (other.metric || other.constant) && (column.metric || other.metric),
        constant: column.constant && other.constant,
      }
    }),
  )
}

function resolveOrder(r: Resolver, item: OrderItem, body: ResolvedBody, place: Place | null): ResolvedOrder {
  const { expression } = item
  const { relation } = body
  if (expression.kind === 'literal' && expression.type === 'integer') {
    const column = Number(expression.value) - 1
    if (relation.columns[column] === undefined && !relation.open)
      r.fault({ kind: 'ordinal', range: expression, given: expression.value, most: relation.columns.length })
    return { node: item, column: relation.columns[column] === undefined ? null : column }
  }
  const name = expression.kind === 'column' && expression.parts.length === 1 ? expression.parts[0]?.text : undefined
  const named = name === undefined ? undefined : relation.index.get(name.toLowerCase())?.[0]
  if (named !== undefined) return { node: item, column: named }
  if (place === null || body.kind !== 'select') {
    if (name !== undefined && name !== '' && !relation.open)
      r.fault({
        kind: 'unknown-column',
        range: expression,
        name,
        table: null,
        nearest: r.nearest(name, () => relation.columns.map((column) => column.name)),
      })
    return { node: item, column: null }
  }
  // A name of neither the output nor the tables: aliases are likelier to be meant.
  if (
    name !== undefined &&
    name !== '' &&
    !relation.open &&
    !place.scope.open &&
    place.scope.find(name.toLowerCase()).length === 0
  ) {
    const known = () => [...relation.columns.map((column) => column.name), ...place.scope.columnNames()]
    r.fault({ kind: 'unknown-column', range: expression, name, table: null, nearest: r.nearest(name, known) })
    return { node: item, column: null }
  }
  const { id, type } = r.factsOf(expression, place)
  if (fitsAll(type)) return { node: item, column: null }
  const same = body.items.findIndex((candidate) => r.expressions.get(candidate.expression)?.id === id)
  return { node: item, column: same === -1 ? null : same }
}
