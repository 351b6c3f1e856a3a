import { type ExecutionId, getResults } from '@recomamp/contracts'
import { call } from '#platform/api.ts'
import type { GridRange } from '#ui/grid-geometry.ts'
import { arrangedQuery } from './executions.queries.ts'
import type { Arrangement } from './result-arrangement.ts'
import type { ResultRow } from './use-result-rows.ts'

/** Cells that one copy may hold: what a clipboard and a spreadsheet take without a pause. */
export const copyLimit = 100_000
const rowsAtOnce = 1000

export function cellsOf({ firstRow, lastRow, firstColumn, lastColumn }: GridRange): number {
  return (lastRow - firstRow + 1) * (lastColumn - firstColumn + 1)
}

/** The cells of a range as text with tabs between columns, as spreadsheets paste it; rows that are not on screen are fetched. */
export async function readRange(
  executionId: ExecutionId,
  arrangement: Arrangement,
  columns: readonly string[],
  range: GridRange,
  rowAt: (row: number) => ResultRow | undefined,
): Promise<string> {
  const { firstRow, lastRow, firstColumn, lastColumn } = range
  const here = Array.from({ length: lastRow - firstRow + 1 }, (_, at) =>
    rowAt(firstRow + at)?.cells.slice(firstColumn, lastColumn + 1),
  )
  const width = lastColumn - firstColumn + 1
  if (here.every((cells) => cells?.length === width && !cells.includes(undefined)))
    return asTable(here.map((cells) => (cells ?? []).map((cell) => cell ?? null)))
  const rows: (string | null)[][] = []
  for (let offset = firstRow; offset <= lastRow; offset += rowsAtOnce) {
    const shown = { ...arrangement, columns: columns.slice(firstColumn, lastColumn + 1) }
    const query = { offset, limit: Math.min(rowsAtOnce, lastRow - offset + 1), ...arrangedQuery(shown) }
    rows.push(...(await call(getResults, { params: { executionId }, query })).rows)
  }
  return asTable(rows)
}

/** One cell is its bare text; in a table what would break it is quoted. */
function asTable(rows: readonly (readonly (string | null)[])[]): string {
  if (rows.length === 1 && rows[0]?.length === 1) return rows[0][0] ?? ''
  return rows.map((cells) => cells.map((cell) => quoted(cell ?? '')).join('\t')).join('\n')
}

function quoted(text: string): string {
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
