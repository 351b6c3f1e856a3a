import type { TestRows } from '@recomamp/amc-catalogue/model'
import type { OutputColumn } from '@recomamp/amc-sql'
import type { LocalValue } from '../engine/protocol.ts'

export type TestCell = string | number | boolean | null | TestCell[]

/** Where a result is not what a test expects; rows hold the columns that the test names. */
export interface RowDifference {
  columns: string[]
  missing: TestCell[][]
  unexpected: TestCell[][]
}

/** Columns that a test names and the result does not have. */
export function absentColumns(columns: readonly OutputColumn[], expected: TestRows): string[] {
  const names = new Set(columns.map(({ name }) => name.toLowerCase()))
  return expected.columns.filter((name) => !names.has(name))
}

/**
 * Compares a result with the rows that a test expects, in any order; null where they are the same. Numbers are the same when they
 * agree in six digits, since people write 33.3333 for a third, and a time is the same with and without its zone.
 */
export function differenceOf(
  columns: readonly OutputColumn[],
  rows: readonly LocalValue[][],
  expected: TestRows,
): RowDifference | null {
  const places = expected.columns.map((name) => columns.findIndex((column) => column.name.toLowerCase() === name))
  const types = places.map((place) => columns[place]?.type)
  const unexpected = rows.map((row) => places.map((place, at) => cell(row[place] ?? null, types[at])))
  const missing: TestCell[][] = []
  for (const row of expected.rows) {
    const wanted = row.map((value, at) => cell(value, types[at]))
    const found = unexpected.findIndex((one) => wanted.every((value, at) => isSame(value, one[at] ?? null)))
    if (found === -1) missing.push(wanted)
    else unexpected.splice(found, 1)
  }
  return missing.length + unexpected.length === 0 ? null : { columns: [...expected.columns], missing, unexpected }
}

function cell(value: LocalValue, type: OutputColumn['type'] | undefined): TestCell {
  if (Array.isArray(value)) return value.map((one) => cell(one, undefined))
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (type === 'DECIMAL' && typeof value === 'string') return Number(value)
  if (type === 'TIMESTAMP' && typeof value === 'string') return value.replace(/(\.000)?Z$/, '')
  return value
}

function isSame(a: TestCell, b: TestCell): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, at) => isSame(value, b[at] ?? null))
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a))
  return a === b
}
