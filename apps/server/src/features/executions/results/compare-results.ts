import { Problem, RowChange } from '@recomamp/contracts'
import { type DuckDbSession, identifier, literal } from './duckdb-session.ts'
import { cellText } from './duckdb-types.ts'
import type { LayoutColumn, ResultLayout } from './result-layout.ts'
import { rowNumberField } from './result-layout.ts'
import { kindOf } from './result-query.ts'

/** A column that two results have. */
export interface SharedColumn {
  before: LayoutColumn
  after: LayoutColumn
  isKey: boolean
}

/** Two results matched row by row: kept in a file, since a stored result never changes. */
export interface Matched {
  file: string
  columns: readonly SharedColumn[]
  isUnique: boolean
  counts: Record<RowChange, number>
}

/** Which of the matched rows are asked for. */
export interface MatchedWanted {
  kind: RowChange
  /** A column by whose change they are ordered; null for the order of the result. */
  sort: string | null
  direction: 'size' | 'up' | 'down'
  least: number
  offset: number
  limit: number
}

/** The numbers of a row in both files, null where it is not there, with the change of each column. */
export interface MatchedRow {
  before: number | null
  after: number | null
  changes: (number | null)[]
}

const kinds = RowChange.options

/** The columns that both results have, in the order of the later one; a Problem results-query-refused for a key that is none of them. */
export function sharedColumns(
  before: ResultLayout,
  after: ResultLayout,
  keys: readonly string[] | null,
): SharedColumn[] {
  const earlier = new Map(valuesOf(before).map((column) => [column.name, column]))
  const shared = valuesOf(after).flatMap((column) => {
    const other = earlier.get(column.name)
    return other === undefined ? [] : [{ before: other, after: column }]
  })
  const unknown = keys?.find((key) => !shared.some(({ after: { name } }) => name === key))
  if (unknown !== undefined)
    throw new Problem('results-query-refused', `${unknown} is no column that both results have`)
  if (shared.length === 0) throw new Problem('results-query-refused', 'The two results have no column in common')
  return shared.map((column) => ({
    ...column,
    isKey: keys === null ? column.after.columnType === 'DIMENSION' : keys.includes(column.after.name),
  }))
}

/** The columns of a comparison with those that rows are matched by, and whether these name each row of both files. */
export interface Matching {
  columns: readonly SharedColumn[]
  isUnique: boolean
}

/** The keys as they were asked for, or fewer, where the dimensions name each row also without some that are numbers: AMC gives a count of
 *  people as a dimension, and rows that match only when their reach is the same would all be new. */
export async function chooseKeys(
  duck: DuckDbSession,
  files: { before: string; after: string },
  columns: readonly SharedColumn[],
  areAsked: boolean,
): Promise<Matching> {
  const isUnique = await areKeysUnique(duck, files, columns)
  if (areAsked || !isUnique) return { columns, isUnique }
  let fewest = columns
  for (const count of columns.filter((column) => column.isKey && isNumber(column)).toReversed()) {
    const fewer = fewest.map((column) => (column.after === count.after ? { ...column, isKey: false } : column))
    if (fewer.some(({ isKey }) => isKey) && (await areKeysUnique(duck, files, fewer))) fewest = fewer
  }
  return { columns: fewest, isUnique }
}

/** The columns of a result that another one does not have. */
export function columnsWithout(layout: ResultLayout, other: ResultLayout): string[] {
  const names = new Set(valuesOf(other).map(({ name }) => name))
  return valuesOf(layout).flatMap(({ name }) => (names.has(name) ? [] : [name]))
}

function valuesOf(layout: ResultLayout): LayoutColumn[] {
  return layout.filter(({ purpose }) => purpose === 'value')
}

/** Matches the rows of two files and writes what became of each into a third one. */
export async function matchResults(
  duck: DuckDbSession,
  files: { before: string; after: string; target: string },
  { columns, isUnique }: Matching,
): Promise<Matched> {
  const parts = columns.map(({ before, after, isKey }, at) => ({ before, after, isKey, at }))
  const keys = parts.filter(({ isKey }) => isKey)
  const values = parts.filter(({ isKey }) => !isKey)
  const same = values.map(({ before, after, at }) => {
    if (before.stored === after.stored) return `b.v${at} is not distinct from a.v${at}`
    const type = isNumber({ before, after }) ? 'double' : 'varchar'
    return `cast(b.v${at} as ${type}) is not distinct from cast(a.v${at} as ${type})`
  })
  const changes = parts.map(({ before, after, isKey, at }) =>
    !isKey && isNumber({ before, after }) ? changeOf(`b.v${at}`, `a.v${at}`) : 'cast(null as double)',
  )
  // From nothing, and of what is no number, a change has no size: it is never too small to be shown.
  const sizes = values.map(({ at }, place) => {
    const change = changes[at] ?? 'null'
    return `case when ${same[place] ?? 'true'} then 0 else coalesce(abs(${change}), cast('infinity' as double)) end`
  })
  const onKeys = [
    ...keys.map(({ at }) => `b.k${at} is not distinct from a.k${at}`),
    ...(isUnique ? [] : ['b.nth = a.nth']),
  ]
  await duck.run(`
    copy (
      select * exclude (${['unsized', ...sizes.map((_, at) => `s${at}`)].join(', ')}),
        ${sizes.length === 0 ? '0' : `greatest(${['unsized', ...sizes.map((_, at) => `s${at}`)].join(', ')})`} as most
      from (
        select 0 as unsized, ${sizes.map((size, at) => `${size} as s${at}, `).join('')}
          case when b.number is null then 'added' when a.number is null then 'removed'
            when ${same.length === 0 ? 'true' : same.join(' and ')} then 'same' else 'changed' end as kind,
          b.number as before, a.number as after,
          ${changes.map((change, at) => `${change} as c${at}`).join(', ')}
        from (${sideOf(files.before, 'before', parts, isUnique)}) b
        full outer join (${sideOf(files.after, 'after', parts, isUnique)}) a on ${onKeys.join(' and ')})
      order by coalesce(after, before)
    ) to ${literal(files.target)} (format parquet)`)
  const found = await duck.rows(
    `select kind, cast(count(*) as varchar) from read_parquet(${literal(files.target)}) group by kind`,
  )
  const counted = new Map(found.map(([kind, count]) => [kind, Number(count)]))
  const counts = Object.fromEntries(kinds.map((kind) => [kind, counted.get(kind) ?? 0])) as Matched['counts']
  return { file: files.target, columns, isUnique, counts }
}

type Part = SharedColumn & { at: number }

/** One side of the join: the row's number, its keys in a form that both sides have, its values as they are stored. */
function sideOf(file: string, side: 'before' | 'after', parts: readonly Part[], isUnique: boolean): string {
  const number = identifier(rowNumberField)
  const fields = parts.map((part) => {
    const field = identifier(part[side].field)
    if (!part.isKey) return `${field} as v${part.at}`
    const isAlike = part.before.stored === part.after.stored
    return `${isAlike ? field : cellText(field, part[side].stored)} as k${part.at}`
  })
  const keys = parts.filter(({ isKey }) => isKey).map((part) => identifier(part[side].field))
  const partition = keys.length === 0 ? '' : `partition by ${keys.join(', ')}`
  const nth = isUnique ? [] : [`row_number() over (${partition} order by ${number}) as nth`]
  return `select ${[`${number} as number`, ...fields, ...nth].join(', ')} from read_parquet(${literal(file)})`
}

/** Whether the keys name each row of both files; without a key they name none. */
async function areKeysUnique(
  duck: DuckDbSession,
  { before, after }: { before: string; after: string },
  columns: readonly SharedColumn[],
): Promise<boolean> {
  const keys = columns.filter(({ isKey }) => isKey)
  if (keys.length === 0) return false
  for (const [file, side] of [
    [before, 'before'],
    [after, 'after'],
  ] as const) {
    const fields = keys.map((key) => identifier(key[side].field)).join(', ')
    // Two keys with one hash, once in millions of results, only make rows match in their order among equal keys.
    const [found] = await duck.rows(
      `select count(*) = count(distinct hash(${fields})) from read_parquet(${literal(file)})`,
    )
    if (found?.[0] !== true) return false
  }
  return true
}

function isNumber({ before, after }: Pick<SharedColumn, 'before' | 'after'>): boolean {
  return kindOf(before.stored) === 'number' && kindOf(after.stored) === 'number'
}

function changeOf(before: string, after: string): string {
  const [b, a] = [before, after].map((field) => `cast(${field} as double)`)
  return `case when ${b} = ${a} then 0 when ${b} <> 0 then (${a} - ${b}) / abs(${b}) end`
}

/** A page of matched rows, with how many there are of them. */
export async function readMatched(
  duck: DuckDbSession,
  { file, columns, counts }: Matched,
  { kind, sort, direction, least, offset, limit }: MatchedWanted,
): Promise<{ rows: MatchedRow[]; matching: number }> {
  const isLeast = kind === 'changed' && least > 0
  const condition = `kind = ${literal(kind)}${isLeast ? ` and most >= ${least}` : ''}`
  const from = `read_parquet(${literal(file)}) where ${condition}`
  const at = sort === null ? -1 : columns.findIndex(({ after: { name } }) => name === sort)
  if (sort !== null && at === -1) throw new Problem('results-query-refused', `Both results have no column ${sort}`)
  const terms = { size: `abs(c${at}) desc`, up: `c${at} desc`, down: `c${at}` }
  const order = `order by ${[...(at === -1 ? [] : [`${terms[direction]} nulls last`]), 'coalesce(after, before)'].join(', ')}`
  const numbers = ['before', 'after', ...columns.map((_, at) => `c${at}`)].map((one) => `cast(${one} as varchar)`)
  const rows = await duck.rows(`select ${numbers.join(', ')} from ${from} ${order} limit ${limit} offset ${offset}`)
  const [counted] = isLeast ? await duck.rows(`select cast(count(*) as varchar) from ${from}`) : [[counts[kind]]]
  return {
    rows: rows.map(([before = null, after = null, ...changes]) => ({
      before: numberOf(before),
      after: numberOf(after),
      changes: changes.map(numberOf),
    })),
    matching: Number(counted?.[0] ?? 0),
  }
}

function numberOf(cell: unknown): number | null {
  return typeof cell === 'string' ? Number(cell) : null
}
