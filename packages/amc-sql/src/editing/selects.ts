import { childrenOf } from '../resolve/children.ts'
import type { Resolution, ResolvedBody, ResolvedCte, ResolvedQuery, ResolvedSelect } from '../resolve/resolution.ts'
import type { Expression, Select, TableExpression } from '../tree.ts'
import type { Reading } from './reading.ts'

/** A SELECT with what surrounds it. */
export interface SelectPlace {
  select: ResolvedSelect
  /** The query that it is the body of, or a branch of the body. */
  query: ResolvedQuery
  /** The WITH parts that it can read. */
  parts: PartScope
}

/** The first `count` parts of a WITH, and those of the queries around it; shared, because a text can have many. */
interface PartScope {
  ctes: readonly ResolvedCte[]
  count: number
  outer: PartScope | null
}

/** The parts of a scope, the nearest first; of two with one name the nearest counts. */
export function visibleParts(scope: PartScope): ResolvedCte[] {
  const found: ResolvedCte[] = []
  for (let at: PartScope | null = scope; at !== null; at = at.outer)
    found.push(...at.ctes.slice(0, at.count).toReversed())
  return found
}

/** Every SELECT of a text in the order of their text, those of WITH parts and subqueries included. */
export function selectsOf(resolution: Resolution): SelectPlace[] {
  const found: SelectPlace[] = []

  function visitQuery(query: ResolvedQuery, outer: PartScope | null): void {
    const { ctes } = query
    for (const [count, cte] of ctes.entries()) visitQuery(cte.query, { ctes, count, outer })
    visitBody(query.body, query, { ctes, count: ctes.length, outer })
  }

  function visitBody(body: ResolvedBody, query: ResolvedQuery, parts: PartScope): void {
    switch (body.kind) {
      case 'select': {
        found.push({ select: body, query, parts })
        for (const source of body.sources) if (source.from.kind === 'query') visitQuery(source.from.query, parts)
        const visitNested = (expression: Expression): void => {
          const nested = queryIn(expression)
          const resolved = nested === null ? undefined : resolution.queries.get(nested)
          if (resolved !== undefined) visitQuery(resolved, parts)
        }
        for (const expression of expressionsOf(body.node)) visitExpressions(expression, visitNested)
        break
      }
      case 'union':
        for (const branch of body.branches) visitBody(branch, query, parts)
        break
      case 'parenthesized':
        visitQuery(body.query, parts)
        break
      case 'values':
    }
  }

  if (resolution.query !== null) visitQuery(resolution.query, null)
  return found.sort((a, b) => a.select.node.from - b.select.node.from)
}

function queryIn(expression: Expression) {
  return expression.kind === 'in-subquery' || expression.kind === 'subquery' || expression.kind === 'exists'
    ? expression.query
    : null
}

/** Calls back for an expression and all inside it; subqueries are met but not entered. */
export function visitExpressions(expression: Expression, visit: (expression: Expression) => void): void {
  visit(expression)
  for (const child of childrenOf(expression)) visitExpressions(child, visit)
}

/** The outermost expressions of a SELECT, those of its joins and named windows included. */
export function expressionsOf(select: Select): Expression[] {
  const found = select.items.map((item) => item.expression)
  for (const table of select.tables) addConditions(table, found)
  if (select.where !== null) found.push(select.where)
  found.push(...select.groupBy)
  if (select.having !== null) found.push(select.having)
  for (const { specification } of select.windows)
    found.push(...specification.partitionBy, ...specification.orderBy.map((item) => item.expression))
  return found
}

function addConditions(table: TableExpression, found: Expression[]): void {
  if (table.kind !== 'join') return
  addConditions(table.left, found)
  addConditions(table.right, found)
  if (table.on !== null) found.push(table.on)
}

const indexed = new WeakMap<Reading, Map<number, SelectPlace>>()

/** The SELECTs of a text by the offset of the word. */
export function selectPlaces(reading: Reading): ReadonlyMap<number, SelectPlace> {
  let places = indexed.get(reading)
  if (places === undefined) {
    places = new Map(selectsOf(reading.resolution).map((place) => [place.select.node.from, place]))
    indexed.set(reading, places)
  }
  return places
}
