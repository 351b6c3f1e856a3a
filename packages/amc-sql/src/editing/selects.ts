import { childrenOf } from '../resolve/children.ts'
import type { Resolution, ResolvedBody, ResolvedCte, ResolvedQuery, ResolvedSelect } from '../resolve/resolution.ts'
import type { Expression, Select, TableExpression } from '../tree.ts'
import type { Reading } from './reading.ts'

/** A SELECT with what surrounds it. */
export interface SelectPlace {
  select: ResolvedSelect
  /** The query that it is the body of, or a branch of the body. */
  query: ResolvedQuery
  /** The WITH parts that it can read; of two with one name the later one counts. */
  ctes: readonly ResolvedCte[]
}

/** Every SELECT of a text in the order of their text, those of WITH parts and subqueries included. */
export function selectsOf(resolution: Resolution): SelectPlace[] {
  const found: SelectPlace[] = []

  function visitQuery(query: ResolvedQuery, outer: readonly ResolvedCte[]): void {
    const ctes = [...outer]
    for (const cte of query.ctes) {
      visitQuery(cte.query, ctes)
      ctes.push(cte)
    }
    visitBody(query.body, query, ctes)
  }

  function visitBody(body: ResolvedBody, query: ResolvedQuery, ctes: readonly ResolvedCte[]): void {
    switch (body.kind) {
      case 'select': {
        found.push({ select: body, query, ctes: [...ctes] })
        for (const source of body.sources) if (source.from.kind === 'query') visitQuery(source.from.query, ctes)
        const visitNested = (expression: Expression): void => {
          const nested = queryIn(expression)
          const resolved = nested === null ? undefined : resolution.queries.get(nested)
          if (resolved !== undefined) visitQuery(resolved, ctes)
        }
        for (const expression of expressionsOf(body.node)) visitExpressions(expression, visitNested)
        break
      }
      case 'union':
        for (const branch of body.branches) visitBody(branch, query, ctes)
        break
      case 'parenthesized':
        visitQuery(body.query, ctes)
        break
      case 'values':
    }
  }

  if (resolution.query !== null) visitQuery(resolution.query, [])
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
