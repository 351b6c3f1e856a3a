import type { Execution, ResultPage } from '@recomamp/contracts'
import { useQueries } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import type { GridView } from '#ui/data-grid.tsx'
import { executionQueries } from './executions.queries.ts'
import type { Arrangement } from './result-arrangement.ts'
import { blocksOf, columnBlocks, columnsPerBlock, pagesOf, rowsPerPage } from './result-pages.ts'

export interface ResultRow {
  /** By the place of their column; undefined while a value is fetched. */
  cells: readonly (string | null | undefined)[]
  /** What Amazon filtered in the row, in its words. */
  reason: string | null
}

interface ResultRows {
  rowAt: (row: number) => ResultRow | undefined
  /** Rows that the filter leaves; null until the first answer. */
  matching: number | null
  error: unknown
  retry: () => void
  /** For the grid to tell what it shows. */
  onView: (view: GridView) => void
}

/** The rows and columns of a result that are on screen, the first `pinned` columns always, fetched by page and block of columns as they come into view. */
export function useResultRows(
  execution: Execution,
  arrangement: Arrangement,
  columns: readonly string[],
  pinned: number,
): ResultRows {
  const [view, setView] = useState<GridView>({ firstRow: 0, lastRow: 1, firstColumn: 0, lastColumn: columnsPerBlock })
  const settled = useSettled(view)
  const pages = pagesOf(settled.firstRow, settled.lastRow)
  const inView = columnBlocks(columns, settled.firstColumn, settled.lastColumn)
  const stay = pinned === 0 ? [] : columnBlocks(columns, 0, pinned)
  const blocks = [...stay.filter(({ start }) => inView.every((block) => block.start !== start)), ...inView]
  const wanted = pages.flatMap((page) => blocks.map((block) => ({ page, ...block })))
  const { sort, filter } = arrangement
  const results = useQueries({
    queries: wanted.map(({ page, names }) =>
      executionQueries.rows(execution.id, { page, sort, filter, columns: names }),
    ),
  })
  const failed = results.filter((each) => each.error !== null)
  const known = results.find((each) => each.data !== undefined)?.data
  // A frame of scrolling mostly needs what is there already: then it draws the grid, and nothing around it.
  const onView = useCallback((next: GridView) => setView((now) => (needsOf(now) === needsOf(next) ? now : next)), [])
  return {
    rowAt(row) {
      const page = Math.floor(row / rowsPerPage)
      const parts = wanted.flatMap((each, at) => {
        const data = each.page === page ? results[at]?.data : undefined
        return data === undefined ? [] : [{ data, start: each.start }]
      })
      return rowsOf(parts)[row - page * rowsPerPage]
    },
    matching: known?.matchingCount ?? (filter.length === 0 ? execution.rowCount : null),
    error: failed[0]?.error ?? null,
    retry: () => failed.forEach((each) => void each.refetch()),
    onView,
  }
}

/** The pages and blocks of columns that a view needs, as a text: the same for views that need the same. */
function needsOf({ firstRow, lastRow, firstColumn, lastColumn }: GridView): string {
  return JSON.stringify([pagesOf(firstRow, lastRow), blocksOf(firstColumn, lastColumn)])
}

/** A block of columns of a page, and the place of its first column. */
interface Part {
  data: ResultPage
  start: number
}

const rowsOfParts = new WeakMap<ResultPage, { parts: readonly Part[]; rows: ResultRow[] }>()

/** The rows of a page, the same objects as long as the same parts are there, so that a row that is still the same is not drawn again. */
function rowsOf(parts: readonly Part[]): ResultRow[] {
  const [first] = parts
  if (first === undefined) return []
  const kept = rowsOfParts.get(first.data)
  const isSame =
    kept?.parts.length === parts.length &&
    kept.parts.every(({ data, start }, at) => data === parts[at]?.data && start === parts[at].start)
  if (isSame) return kept.rows
  const rows = first.data.rows.map((_, row): ResultRow => {
    const cells: (string | null)[] = []
    for (const { data, start } of parts) data.rows[row]?.forEach((cell, at) => (cells[start + at] = cell))
    return { cells, reason: first.data.marks[row]?.reason ?? null }
  })
  rowsOfParts.set(first.data, { parts, rows })
  return rows
}

/** Follows what is on screen, but waits out a fast scroll, so that pages that fly past are never fetched. */
function useSettled(view: GridView): GridView {
  const [settled, setSettled] = useState(view)
  const far = Math.abs(view.firstRow - settled.firstRow) > 3 * rowsPerPage
  useEffect(() => {
    const timer = setTimeout(() => setSettled(view), far ? 90 : 0)
    return () => clearTimeout(timer)
  }, [view, far])
  return settled
}
