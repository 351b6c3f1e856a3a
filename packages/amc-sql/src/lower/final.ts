import type { OutputColumn } from '../output.ts'
import { pathColumns, totalColumns } from '../privacy/hidden-columns.ts'
import type { UserSets } from '../privacy/user-sets.ts'
import type { ResolvedQuery } from '../resolve/resolution.ts'
import { isNumber, types } from '../resolve/types.ts'
import { usersNeeded, type Threshold } from '../schema.ts'
import { duckType, withoutUserIds } from './duck-types.ts'
import type { Lowering } from './lowering.ts'
import { lowerCtes, lowerLimit, lowerOrdered } from './queries.ts'
import type { SortKey } from './selects.ts'
import { quoteName, quoteText } from './text.ts'

/** What happens to rows below their threshold, and the columns that tell about it (create-workflow guide). */
export interface Privacy {
  /** `KEEP` is none of Amazon's: every row stays as it is, and the columns below tell what its users come to. */
  behavior: 'REMOVE_ROWS' | 'REMOVE_VALUES' | 'KEEP'
  /** TRUE in rows that lost values. */
  discriminatorColumn?: string
  /** The count of users that decided; NULL where no user-level table is read. */
  userCountColumn?: string
  /** Why values were removed; NULL where none were. */
  reasonColumn?: string
}

interface FinalOptions {
  columns: OutputColumn[]
  needed: number
  privacy: Privacy | null
}

/** The whole statement: reads, WITH parts, body, thresholds, order, and every column in its declared type. */
export function lowerFinal(
  l: Lowering,
  query: ResolvedQuery,
  { columns, needed, privacy }: FinalOptions,
): { sql: string; columns: OutputColumn[] } {
  const ctes = lowerCtes(l, query)
  const { body, orderBy } = lowerOrdered(l, query, true)
  const tail = `${orderBy}${lowerLimit(l, query)}`
  const names = l.columnNames(query.relation)
  const sorts = sortKeys(query)
  const checked = l.sets !== null && l.tracking.query(query).paths.length > 0
  const rows = l.sets !== null && checked ? counted(l, query, l.sets, needed, body) : body
  const filtered = checked && needed > 1
  let from = `(${rows}) AS "rows"`
  if (filtered && privacy?.behavior === 'REMOVE_ROWS') from += ` WHERE "#least" >= ${needed}`
  if (filtered && privacy?.behavior === 'REMOVE_VALUES')
    from = `(${merged(l, query, { names, sorts, columns, rows, needed })}) AS "rows"`
  const values = query.relation.columns.map((column, at) => {
    const value = quoteName(names[at] ?? '')
    return `CAST(${value} AS ${duckType(withoutUserIds(column.type))}) AS ${quoteName(column.name)}`
  })
  const extra = extraColumns(privacy, checked, filtered, needed)
  const select = `SELECT ${[...values, ...extra.sql].join(', ')} FROM ${from}${tail}`
  const definitions = [...l.tables.definitions(), ...ctes]
  const sql = definitions.length === 0 ? select : `WITH ${definitions.join(', ')} ${select}`
  return { sql, columns: [...columns, ...extra.columns] }
}

/** The members of ORDER BY that are no output columns, under the names that `lowerOrdered` gives them. */
function sortKeys(query: ResolvedQuery): SortKey[] {
  return query.orderBy.flatMap(({ node, column }, at) =>
    column === null ? [{ name: `#sort${at}`, expression: node.expression }] : [],
  )
}

/** The rows with the least count of users that any of their paths and totals has, and the words for it. */
function counted(l: Lowering, query: ResolvedQuery, sets: UserSets, needed: number, body: string): string {
  const tracked = l.tracking.query(query)
  const plain = tracked.paths.map(({ form }, path) => {
    const set = pathColumns(tracked, path, sets).map(({ name }) => quoteName(name))
    const count = form === 'one' ? `CASE WHEN ${set[0]} IS NULL THEN 0 ELSE 1 END` : sets.count(set)
    return { name: `#count${path}`, count, words: reason(tracked.paths, path, 'users', needed) }
  })
  const shown = new Set(tracked.columns.flatMap((column) => column.totals))
  const effective = tracked.totals.flatMap(({ paths }, total) =>
    (shown.has(total) ? paths : []).map((path) => {
      const set = totalColumns(total, path, sets).map(({ name }) => quoteName(name))
      const words = reason(tracked.paths, path, 'effective users', needed)
      return { name: `#effective${total}.${path}`, count: sets.count(set), words }
    }),
  )
  const checks = [...plain, ...effective]
  const counts = checks.map(({ name, count }) => `${count} AS ${quoteName(name)}`)
  // A path or a measure without any user says nothing about the row.
  const least = (of: typeof checks): string =>
    `least(${of.map(({ name }) => `nullif(${quoteName(name)}, 0)`).join(', ')})`
  const words = checks.map(({ name, words: text }) => {
    const group = plain.some((check) => check.name === name) ? '"#plain"' : '"#least"'
    return `WHEN ${quoteName(name)} = ${group} AND ${group} < ${needed} THEN concat(${quoteName(name)}, ${quoteText(text)})`
  })
  const [first] = plain
  const nobody = first === undefined ? 'NULL' : `concat(0, ${quoteText(first.words)})`
  const why = `CASE WHEN "#least" >= ${needed} THEN NULL WHEN "#least" = 0 THEN ${nobody} ${words.join(' ')} END AS "#why"`
  return (
    `SELECT *, ${why} FROM (SELECT *, coalesce(${least(checks)}, 0) AS "#least", coalesce(${least(plain)}, 0) AS "#plain" ` +
    `FROM (SELECT *, ${counts.join(', ')} FROM (${body}) AS "body") AS "counts") AS "checks"`
  )
}

/** The reason behind its count, in Amazon's shape; the path is told apart where its source is read several times. */
function reason(
  paths: readonly { source: string }[],
  path: number,
  kind: 'users' | 'effective users',
  needed: number,
): string {
  const source = paths[path]?.source ?? ''
  const same = [...paths.keys()].filter((other) => paths[other]?.source === source)
  const which = same.length > 1 ? ` (path ${same.indexOf(path) + 1} of ${same.length})` : ''
  return ` '${source}'${which} ${kind} < ${needed} required`
}

interface Checked {
  names: readonly string[]
  sorts: readonly SortKey[]
  columns: readonly OutputColumn[]
  rows: string
  needed: number
}

/** Rows without the values whose threshold was missed; changed rows that are now alike become one, their measures added up. */
function merged(l: Lowering, query: ResolvedQuery, { names, sorts, columns, rows, needed }: Checked): string {
  const kept = (name: string, threshold: Threshold): string => {
    const users = usersNeeded[threshold]
    return users > 1 ? `CASE WHEN "#least" < ${users} THEN NULL ELSE ${name} END AS ${name}` : name
  }
  const values = columns.map(({ threshold }, at) => kept(quoteName(names[at] ?? ''), threshold))
  // An order must not tell what is not shown.
  const keys = sorts.map(({ name, expression }) => kept(quoteName(name), l.facts(expression).threshold))
  const status = ['"#least"', '"#why"', `"#least" < ${needed} AS "#changed"`]
  // Rows that lost nothing stay as they are, even beside an equal one.
  const identity = `CASE WHEN "#least" < ${needed} THEN 0 ELSE row_number() OVER () END AS "#row"`
  const inner = `SELECT ${[...values, ...keys, ...status, identity].join(', ')} FROM (${rows}) AS "checked"`
  const same: string[] = ['"#changed"', '"#row"']
  const outer = columns.map((column, at) => {
    const name = quoteName(names[at] ?? '')
    const type = query.relation.columns[at]?.type ?? types.unknown
    if (column.role === 'METRIC' && isNumber(type)) return `CAST(sum(${name}) AS ${duckType(type)}) AS ${name}`
    same.push(name)
    return name
  })
  const rest = [
    ...sorts.map(({ name }) => `min(${quoteName(name)}) AS ${quoteName(name)}`),
    '"#changed"',
    'min("#least") AS "#least"',
    'arg_min("#why", ("#least", "#why")) AS "#why"',
  ]
  return `SELECT ${[...outer, ...rest].join(', ')} FROM (${inner}) AS "removed" GROUP BY ${same.join(', ')}`
}

/** The columns that Amazon adds on request. */
function extraColumns(
  privacy: Privacy | null,
  checked: boolean,
  filtered: boolean,
  needed: number,
): { sql: string[]; columns: OutputColumn[] } {
  const sql: string[] = []
  const columns: OutputColumn[] = []
  const add = (name: string | undefined, type: string, value: string): void => {
    if (name === undefined) return
    sql.push(`${value} AS ${quoteName(name)}`)
    columns.push({ name, type, role: 'DIMENSION', threshold: 'NONE' })
  }
  const told = filtered && privacy?.behavior !== 'REMOVE_ROWS'
  const below = privacy?.behavior === 'KEEP' ? `"#least" < ${needed}` : '"#changed"'
  add(privacy?.discriminatorColumn, 'BOOLEAN', told ? below : 'FALSE')
  add(privacy?.userCountColumn, 'LONG', checked ? 'CAST("#least" AS BIGINT)' : 'CAST(NULL AS BIGINT)')
  add(privacy?.reasonColumn, 'STRING', told ? '"#why"' : 'CAST(NULL AS VARCHAR)')
  return { sql, columns }
}
