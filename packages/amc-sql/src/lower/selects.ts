import { pathColumns, totalColumns } from '../privacy/hidden-columns.ts'
import type { TrackedRelation } from '../privacy/tracked.ts'
import type { Relation, ResolvedSelect } from '../resolve/resolution.ts'
import type { Expression } from '../tree.ts'
import { lowerFrom } from './from.ts'
import type { Lowering } from './lowering.ts'
import { quoteName } from './text.ts'
import { hiddenExpressions } from './users.ts'

/** An expression of ORDER BY that is no output column, and the name under which it goes along. */
export interface SortKey {
  name: string
  expression: Expression
}

/** A SELECT whose columns have the names of its relation, then the users where they are carried, then the sort keys. */
export function lowerSelect(l: Lowering, select: ResolvedSelect, carry: boolean, keys: readonly SortKey[]): string {
  const { node } = select
  const names = l.columnNames(select.relation)
  const items = select.items.map((item, at) => {
    return `${l.expression(item.expression)} AS ${quoteName(names[at] ?? '')}`
  })
  if (items.length === 0) l.fail(node, 'The SELECT has no columns')
  const tracked = l.tracking.select(select)
  if (carry && l.sets !== null)
    for (const { name, sql } of hiddenExpressions(l, select, l.sets)) items.push(`${sql} AS ${quoteName(name)}`)
  for (const { name, expression } of keys) items.push(`${l.expression(expression)} AS ${quoteName(name)}`)
  let sql = `SELECT ${items.join(', ')}`
  if (select.from.length > 0) sql += ` FROM ${select.from.map((item) => lowerFrom(l, item, carry)).join(', ')}`
  if (node.where !== null) sql += ` WHERE ${l.expression(node.where)}`
  if (select.groupBy.length > 0) sql += ` GROUP BY ${select.groupBy.map((key) => groupKey(l, key)).join(', ')}`
  // A rank can only be filtered when the groups are there (AMC035).
  if (node.having !== null)
    sql += ` ${l.resolution.expressions.get(node.having)?.window === true ? 'QUALIFY' : 'HAVING'} ${l.expression(node.having)}`
  return node.distinct ? lowerDistinct(l, select.relation, sql, tracked.grouped.relation, carry) : sql
}

/** A bare number would name a position. */
function groupKey(l: Lowering, key: Expression): string {
  const sql = l.expression(key)
  return key.kind === 'literal' ? `CAST(${sql} AS VARCHAR)` : sql
}

/** Equal rows as one, with the users of all of them. */
export function lowerDistinct(
  l: Lowering,
  relation: Relation,
  rows: string,
  tracked: TrackedRelation,
  carry: boolean,
): string {
  const columns = l.columnNames(relation).map(quoteName)
  const { sets } = l
  if (!carry || sets === null || tracked.paths.length === 0)
    return `SELECT DISTINCT ${columns.join(', ')} FROM (${rows}) AS "rows"`
  const certain = new Set(tracked.columns.flatMap((column) => column.identity))
  const hidden: string[] = []
  const push = (names: readonly { name: string }[], values: readonly string[]): void => {
    for (const [at, { name }] of names.entries()) hidden.push(`${values[at] ?? 'NULL'} AS ${quoteName(name)}`)
  }
  const after: TrackedRelation = {
    ...tracked,
    paths: tracked.paths.map((path, at) => ({ ...path, form: certain.has(at) ? path.form : 'many' })),
  }
  for (const [at, path] of tracked.paths.entries()) {
    const from = pathColumns(tracked, at, sets).map(({ name }) => quoteName(name))
    const [user = 'NULL'] = from
    if (after.paths[at]?.form === 'one') push(pathColumns(after, at, sets), [`max(${user})`])
    else push(pathColumns(after, at, sets), path.form === 'one' ? sets.collect(user, null) : sets.merge([from], null))
  }
  for (const [total, { paths }] of tracked.totals.entries())
    for (const path of paths) {
      const to = totalColumns(total, path, sets)
      push(to, sets.merge([to.map(({ name }) => quoteName(name))], null))
    }
  return `SELECT ${[...columns, ...hidden].join(', ')} FROM (${rows}) AS "rows" GROUP BY ${columns.join(', ')}`
}

/** The names of all columns in which the users of a relation are carried. */
export function hiddenNames(l: Lowering, tracked: TrackedRelation): string[] {
  const { sets } = l
  if (sets === null) return []
  const paths = [...tracked.paths.keys()].flatMap((path) => pathColumns(tracked, path, sets))
  const totals = tracked.totals.flatMap(({ paths: users }, total) =>
    users.flatMap((path) => totalColumns(total, path, sets)),
  )
  return [...paths, ...totals].map(({ name }) => name)
}
