import type { ResultColumn, ResultFilter, ResultSort } from '@recomamp/contracts'

/** How a result is looked at: its order, the rows that are left, the columns that are shown, in their order (null: all), and those of them that stay in view. */
export interface Arrangement {
  sort: readonly ResultSort[]
  filter: readonly ResultFilter[]
  columns: readonly string[] | null
  pinned: readonly string[]
}

export const unarranged: Arrangement = { sort: [], filter: [], columns: null, pinned: [] }

/** The most keys that an order may have. */
const sortKeys = 5

/** What of an arrangement a result can answer to: an address may name columns that it does not have. */
export function fitting(arrangement: Arrangement, columns: readonly ResultColumn[]): Arrangement {
  const names = new Set(columns.map(({ name }) => name))
  const shown = arrangement.columns?.filter((name) => names.has(name)) ?? []
  return {
    sort: arrangement.sort.filter(({ column }) => names.has(column)),
    filter: arrangement.filter.filter(({ column }) => names.has(column)),
    columns: shown.length === 0 ? null : [...new Set(shown)],
    pinned: [...new Set(arrangement.pinned.filter((name) => names.has(name)))],
  }
}

/** The columns as the grid shows them: those that stay in view first. */
export function placedColumns(arrangement: Arrangement, columns: readonly ResultColumn[]): ResultColumn[] {
  const { pinned } = arrangement
  const shown = shownColumns(arrangement, columns)
  const stay = pinned.flatMap((name) => shown.find((column) => column.name === name) ?? [])
  return [...stay, ...shown.filter(({ name }) => !pinned.includes(name))]
}

/** The columns that are shown, in their order. */
export function shownColumns(arrangement: Arrangement, columns: readonly ResultColumn[]): ResultColumn[] {
  if (arrangement.columns === null) return [...columns]
  return arrangement.columns.flatMap((name) => columns.find((column) => column.name === name) ?? [])
}

/** The order after one more press on a column: ascending, descending, none. Otherwise alone, or as a further key. */
export function sortedBy(sort: readonly ResultSort[], column: string, isFurther: boolean): ResultSort[] {
  const present = sort.find((key) => key.column === column)
  const next = present === undefined ? 'asc' : present.direction === 'asc' ? 'desc' : null
  const key: ResultSort | null = next === null ? null : { column, direction: next }
  if (!isFurther) return key === null ? [] : [key]
  if (key === null) return sort.filter((each) => each !== present)
  if (present !== undefined) return sort.map((each) => (each === present ? key : each))
  return [...sort, key].slice(-sortKeys)
}

/** The filter with other conditions on one column. */
export function filteredBy(
  filter: readonly ResultFilter[],
  column: string,
  conditions: readonly ResultFilter[],
): ResultFilter[] {
  return [...filter.filter((condition) => condition.column !== column), ...conditions]
}

/** The columns with one shown or hidden; a shown one goes back to its place among the result's own. At least one stays. */
export function toggled(shown: readonly string[], all: readonly string[], name: string): readonly string[] | null {
  if (shown.includes(name)) return shown.length === 1 ? shown : shown.filter((each) => each !== name)
  const before = all.slice(0, all.indexOf(name))
  const at = shown.findLastIndex((each) => before.includes(each)) + 1
  return allOrSome(shown.toSpliced(at, 0, name), all)
}

/** The columns with one moved by a step to either side. */
export function moved(
  shown: readonly string[],
  all: readonly string[],
  name: string,
  step: 1 | -1,
): readonly string[] | null {
  const from = shown.indexOf(name)
  const to = from + step
  if (from === -1 || to < 0 || to >= shown.length) return allOrSome(shown, all)
  return allOrSome(shown.toSpliced(from, 1).toSpliced(to, 0, name), all)
}

/** Null where nothing is hidden or moved, so that an address without a need says nothing. */
function allOrSome(shown: readonly string[], all: readonly string[]): readonly string[] | null {
  return shown.length === all.length && shown.every((name, at) => name === all[at]) ? null : shown
}
