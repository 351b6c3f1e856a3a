import { pathColumns, totalColumns, type HiddenColumn } from '../privacy/hidden-columns.ts'
import type { UserSets } from '../privacy/user-sets.ts'
import type { ResolvedSelect } from '../resolve/resolution.ts'
import type { Lowering } from './lowering.ts'
import { userColumn } from './source-tables.ts'
import { quoteName } from './text.ts'

/** The users of a row under their names, one of two ways. */
export type CarriedUsers =
  | { columns: readonly HiddenColumn[]; values: readonly string[] }
  | { columns: readonly HiddenColumn[]; collected: Collected }

/** All the users that an expression names in those rows of a group that meet a condition. */
export interface Collected {
  user: string
  condition: string | null
}

/** The users that a SELECT (before its DISTINCT) carries beside its rows. */
export function carriedUsers(l: Lowering, select: ResolvedSelect, sets: UserSets): CarriedUsers[] {
  const { input, grouped } = l.tracking.select(select)
  const { relation, created } = grouped
  const from = inputColumns(l, select, sets)
  const result: CarriedUsers[] = []
  for (const [at, path] of input.paths.entries()) {
    const users = from.path(at)
    const [user = 'NULL'] = users
    const columns = pathColumns(relation, at, sets)
    if (!select.aggregate) result.push({ columns, values: users })
    else if (relation.paths[at]?.form === 'one') result.push({ columns, values: [`max(${user})`] })
    else if (path.form === 'one') result.push({ columns, collected: { user, condition: null } })
    else result.push({ columns, values: sets.merge([users], null) })
  }
  if (!select.aggregate) {
    for (const [total, { paths }] of relation.totals.entries())
      for (const path of paths)
        result.push({ columns: totalColumns(total, path, sets), values: from.total(total, path) })
    return result
  }
  for (const [total, { call, argument, paths, from: totals, filled }] of created.entries()) {
    const filter = call.filter === null ? '' : ` AND ${l.expression(call.filter)}`
    const contributes = `(${l.expression(argument)} <> 0${filter})`
    for (const path of paths) {
      const columns = totalColumns(total, path, sets)
      const [user = 'NULL'] = from.path(path)
      if (input.paths[path]?.form === 'one') {
        result.push({ columns, collected: { user, condition: filled.includes(path) ? null : contributes } })
        continue
      }
      const known = totals.filter((one) => input.totals[one]?.paths.includes(path) === true)
      const users = known.length === 0 ? [from.path(path)] : known.map((one) => from.total(one, path))
      result.push({ columns, values: sets.merge(users, contributes) })
    }
  }
  return result
}

/** For each path along which a row has many users, how many they are; of the rows that a SELECT makes before any DISTINCT. */
export function userCounts(l: Lowering, select: ResolvedSelect, sets: UserSets): string[] {
  const { input, grouped } = l.tracking.select(select)
  const from = inputColumns(l, select, sets)
  return grouped.relation.paths.flatMap(({ form }, at) => {
    if (form === 'one') return []
    const users = from.path(at)
    if (!select.aggregate) return [sets.count(users)]
    return [sets.count(input.paths[at]?.form === 'one' ? sets.collect(users[0] ?? 'NULL') : sets.merge([users], null))]
  })
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
