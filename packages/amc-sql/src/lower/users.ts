import { pathColumns, totalColumns } from '../privacy/hidden-columns.ts'
import type { UserSets } from '../privacy/user-sets.ts'
import type { ResolvedQuery, ResolvedSelect } from '../resolve/resolution.ts'
import type { Lowering } from './lowering.ts'
import { userColumn } from './source-tables.ts'
import { quoteName } from './text.ts'

/** The columns of a SELECT (before its DISTINCT) that carry the users of its rows. */
export function hiddenExpressions(
  l: Lowering,
  select: ResolvedSelect,
  sets: UserSets,
): { name: string; sql: string }[] {
  const { input, grouped } = l.tracking.select(select)
  const { relation, created } = grouped
  const from = inputColumns(l, select, sets)
  const result: { name: string; sql: string }[] = []
  const push = (columns: readonly { name: string }[], values: readonly string[]): void => {
    for (const [at, { name }] of columns.entries()) result.push({ name, sql: values[at] ?? 'NULL' })
  }
  for (const [at, path] of input.paths.entries()) {
    const users = from.path(at)
    const [user = 'NULL'] = users
    const to = pathColumns(relation, at, sets)
    if (!select.aggregate) push(to, users)
    else if (relation.paths[at]?.form === 'one') push(to, [`max(${user})`])
    else push(to, path.form === 'one' ? sets.collect(user, null) : sets.merge([users], null))
  }
  if (!select.aggregate) {
    for (const [total, { paths }] of relation.totals.entries())
      for (const path of paths) push(totalColumns(total, path, sets), from.total(total, path))
    return result
  }
  for (const [total, { call, argument, paths, from: totals }] of created.entries()) {
    const filter = call.filter === null ? '' : ` AND ${l.expression(call.filter)}`
    const contributes = `(${l.expression(argument)} <> 0${filter})`
    for (const path of paths) {
      const to = totalColumns(total, path, sets)
      const [user = 'NULL'] = from.path(path)
      if (input.paths[path]?.form === 'one') {
        push(to, sets.collect(user, contributes))
        continue
      }
      const known = totals.filter((one) => input.totals[one]?.paths.includes(path) === true)
      const users = known.length === 0 ? [from.path(path)] : known.map((one) => from.total(one, path))
      push(to, sets.merge(users, contributes))
    }
  }
  return result
}

interface InputColumns {
  path(path: number): string[]
  total(total: number, path: number): string[]
}

/** Where the users of the rows of FROM stand. */
function inputColumns(l: Lowering, select: ResolvedSelect, sets: UserSets): InputColumns {
  const paths: string[][] = []
  const totals: { columns: (path: number) => string[] }[] = []
  for (const source of select.sources) {
    const { from, pathOffset } = l.tracking.place(source)
    const alias = l.alias(source)
    const qualified = (columns: readonly { name: string }[]): string[] =>
      columns.map(({ name }) => `${alias}.${quoteName(name)}`)
    for (const path of from.paths.keys()) {
      const user = source.from.kind === 'table' ? userColumn(source.from.table) : undefined
      paths.push(qualified(user === undefined ? pathColumns(from, path, sets) : [{ name: user }]))
    }
    for (const total of from.totals.keys())
      totals.push({ columns: (path) => qualified(totalColumns(total, path - pathOffset, sets)) })
  }
  return { path: (path) => paths[path] ?? [], total: (total, path) => totals[total]?.columns(path) ?? [] }
}

/** A query of one column whose value is NULL where fewer users than the threshold stand behind its row. */
export function withEnoughUsers(l: Lowering, query: ResolvedQuery, sets: UserSets): string {
  const tracked = l.tracking.query(query)
  const quoted = (columns: readonly { name: string }[]): string[] => columns.map(({ name }) => quoteName(name))
  const counts = tracked.paths.map(({ form }, path) => {
    const set = quoted(pathColumns(tracked, path, sets))
    return form === 'one' ? `CASE WHEN ${set[0]} IS NULL THEN 0 ELSE 1 END` : sets.count(set)
  })
  for (const [total, { paths }] of tracked.totals.entries())
    for (const path of paths) counts.push(sets.count(quoted(totalColumns(total, path, sets))))
  const least = `coalesce(least(${counts.map((count) => `nullif(${count}, 0)`).join(', ')}), 0)`
  const value = quoteName(l.columnNames(query.relation)[0] ?? '')
  return `SELECT CASE WHEN ${least} >= ${sets.cap} THEN ${value} END FROM (${l.query(query, true)}) AS "rows"`
}
