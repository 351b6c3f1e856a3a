import type { LocalValue } from '../../src/engine/protocol.ts'

export interface Table {
  columns: string[]
  rows: LocalValue[][]
}

export interface Comparison {
  /** Both with their columns as the first row. */
  got: Cell[][]
  wanted: Cell[][]
  /** Columns that say nothing anywhere, in which nothing could differ. */
  silent: string[]
}

/**
 * Two tables made ready to be told equal: rows in the same order unless their order is meant, numbers without their types.
 * Fractions may differ in their ninth digit, because the sum of fractions depends on the order of its terms.
 */
export function compare(got: Table, wanted: Table, ordered: boolean): Comparison {
  const [mine, theirs] = [cells(got, ordered), cells(wanted, ordered)]
  return {
    got: [got.columns, ...mine.map((row, at) => row.map((cell, column) => settled(cell, theirs[at]?.[column])))],
    wanted: [wanted.columns, ...theirs],
    silent: wanted.columns.filter((_, column) => theirs.every((row) => row[column] == null || row[column] === 0)),
  }
}

type Cell = string | number | boolean | null | Cell[]

function cells({ rows }: Table, ordered: boolean): Cell[][] {
  const plainRows = rows.map((row) => row.map(plain))
  return ordered ? plainRows : plainRows.toSorted(byCells)
}

/** Numbers as numbers whatever their type was; those that a number cannot hold stay text. */
function plain(value: LocalValue): Cell {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (typeof value === 'string' && /^-?\d+\.\d+$/.test(value)) return Number(value)
  return value
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b))
}

/** The wanted cell where the two are as good as equal. */
function settled(got: Cell, wanted: Cell | undefined): Cell {
  if (Array.isArray(got) && Array.isArray(wanted)) return got.map((cell, at) => settled(cell, wanted[at]))
  return typeof got === 'number' && typeof wanted === 'number' && isClose(got, wanted) ? wanted : got
}

function byCells(a: readonly Cell[], b: readonly Cell[]): number {
  for (const [at, cell] of a.entries()) {
    const other = b[at] ?? null
    if (typeof cell === 'number' && typeof other === 'number') {
      if (!isClose(cell, other)) return cell - other
    } else {
      const order = JSON.stringify(cell).localeCompare(JSON.stringify(other))
      if (order !== 0) return order
    }
  }
  return 0
}
