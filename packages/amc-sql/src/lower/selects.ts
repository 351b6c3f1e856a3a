import { pathColumns, totalColumns } from '../privacy/hidden-columns.ts'
import type { TrackedRelation } from '../privacy/tracked.ts'
import { where, type UserSets } from '../privacy/user-sets.ts'
import type { Relation, ResolvedSelect } from '../resolve/resolution.ts'
import type { Expression } from '../tree.ts'
import { lowerGroups, lowerRows } from './from.ts'
import type { Lowering } from './lowering.ts'
import { canSample, lowerSampled } from './sampled.ts'
import { named, quoteName } from './text.ts'
import { carriedUsers, type CarriedUsers } from './users.ts'

/** An expression of ORDER BY that is no output column, and the name under which it goes along. */
export interface SortKey {
  name: string
  expression: Expression
}

/** A SELECT whose columns have the names of its relation, then the users where they are carried, then the sort keys. */
export function lowerSelect(l: Lowering, select: ResolvedSelect, carry: boolean, keys: readonly SortKey[]): string {
  const { node } = select
  const names = l.columnNames(select.relation)
  const around = l.counted
  l.counted = carry ? select : null
  const items = select.items.map((item, at) => named(l.expression(item.expression), names[at] ?? ''))
  const sorts = keys.map(({ name, expression }) => named(l.expression(expression), name))
  if (items.length === 0) l.fail(node, 'The SELECT has no columns')
  const sets = carry ? l.sets : null
  const carried = sets === null ? [] : carriedUsers(l, select, sets)
  let sql: string
  if (sets !== null && sets.sample !== null && canSample(l, select, carried)) {
    const columns = [...names, ...keys.map(({ name }) => name)]
    sql = lowerSampled(l, select, { columns, items: [...items, ...sorts], carried, sets, sample: sets.sample })
  } else {
    const users = sets === null ? [] : carried.flatMap((one) => namedUsers(one, sets))
    sql = `SELECT ${[...items, ...users, ...sorts].join(', ')}${lowerRows(l, select, carry)}${lowerGroups(l, select)}`
  }
  l.counted = around
  if (!node.distinct) return sql
  return lowerDistinct(l, select.relation, sql, l.tracking.select(select).grouped.relation, carry)
}

function namedUsers(carried: CarriedUsers, sets: UserSets): string[] {
  const values =
    'collected' in carried ? sets.collect(where(carried.collected.user, carried.collected.condition)) : carried.values
  return carried.columns.map(({ name }, at) => named(values[at] ?? 'NULL', name))
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
    else push(pathColumns(after, at, sets), path.form === 'one' ? sets.collect(user) : sets.merge([from], null))
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
