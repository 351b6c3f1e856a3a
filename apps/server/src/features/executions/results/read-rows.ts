import { type DuckDbSession, identifier, literal } from './duckdb-session.ts'
import { cellText } from './duckdb-types.ts'
import type { LayoutColumn, ResultLayout } from './result-layout.ts'
import { rowNumberField } from './result-layout.ts'

/** Rows of a page with what AMC says about filtering in each. */
export interface StoredPage {
  rows: (string | null)[][]
  marks: ({ reason: string | null; users: string | null } | null)[]
}

const row = identifier(rowNumberField)

/** Rows that follow each other in the file; a range of numbers lets DuckDB open the one row group that holds it. */
export function readRange(duck: DuckDbSession, file: string, layout: ResultLayout, offset: number, limit: number) {
  return readRows(duck, file, layout, `${row} >= ${offset} and ${row} < ${offset + limit} order by ${row}`)
}

/** Rows by their numbers, in the order of these. */
export async function readNumbered(
  duck: DuckDbSession,
  file: string,
  layout: ResultLayout,
  numbers: readonly number[],
): Promise<StoredPage> {
  if (numbers.length === 0) return { rows: [], marks: [] }
  const ascending = numbers.toSorted((a, b) => a - b)
  const page = await readRows(duck, file, layout, `${row} in (${ascending.join(', ')}) order by ${row}`)
  const placeOf = new Map(ascending.map((number, place) => [number, place]))
  const places = numbers.map((number) => placeOf.get(number) ?? 0)
  return {
    rows: places.map((place) => page.rows[place] ?? []),
    marks: page.marks.length === 0 ? [] : places.map((place) => page.marks[place] ?? null),
  }
}

async function readRows(duck: DuckDbSession, file: string, layout: ResultLayout, which: string): Promise<StoredPage> {
  const cells = layout.map((column) => cellText(identifier(column.field), column.stored))
  const found = await duck.rows(`select ${cells.join(', ')} from read_parquet(${literal(file)}) where ${which}`)
  return {
    rows: found.map((cellsOfRow) =>
      layout.flatMap((column, at) => (column.purpose === 'value' ? [text(cellsOfRow[at])] : [])),
    ),
    marks: layout.some((column) => column.purpose === 'filtered')
      ? found.map((cellsOfRow) => markOf(layout, cellsOfRow))
      : [],
  }
}

function markOf(layout: ResultLayout, cells: readonly unknown[]) {
  const valueOf = (purpose: LayoutColumn['purpose']) =>
    text(cells[layout.findIndex((column) => column.purpose === purpose)])
  if (valueOf('filtered')?.toLowerCase() !== 'true') return null
  return { reason: valueOf('reason'), users: valueOf('users') }
}

function text(cell: unknown): string | null {
  // Every column is asked for as text.
  return typeof cell === 'string' ? cell : null
}
