import type { Execution, ResultColumn, ResultPage } from '@recomamp/contracts'
import { useQueries } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { executions as t } from '#messages/executions.ts'
import { copyText } from '#ui/copy-button.tsx'
import { DataGrid, type GridCell, type GridColumn } from '#ui/data-grid.tsx'
import { TypeChip } from '#ui/data-marks.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { executionQueries } from './executions.queries.ts'
import { pagesOf, rowsPerPage } from './result-pages.ts'

const numeric = new Set(['INTEGER', 'LONG', 'DECIMAL', 'DOUBLE', 'FLOAT'])

/** The rows of a completed execution, fetched by the page as they come into view. */
export function ResultGrid({ execution }: { execution: Execution }) {
  const rowCount = execution.rowCount ?? 0
  const [range, setRange] = useState({ first: 0, last: rowsPerPage })
  const settled = useSettled(range)
  const pages = pagesOf(settled.first, settled.last)
  const results = useQueries({ queries: pages.map((page) => executionQueries.rows(execution.id, page)) })
  const byPage = new Map(pages.map((page, index) => [page, results[index]?.data]))
  const failed = results.find((each) => each.error !== null)
  const [copied, setCopied] = useState('')
  const onRows = useCallback((first: number, last: number) => setRange({ first, last }), [])
  const columns = useMemo(() => execution.columns.map(gridColumn), [execution.columns])

  const rowAt = (row: number) => {
    const page = byPage.get(Math.floor(row / rowsPerPage))
    return page === undefined ? undefined : rowsOf(page)[row - page.offset]
  }

  if (failed !== undefined && results.every((each) => each.data === undefined))
    return <ErrorPanel error={failed.error} onRetry={() => results.forEach((each) => void each.refetch())} />
  return (
    <>
      <DataGrid
        label={t.grid(execution.workflow.name)}
        rowHead={t.rowHead}
        columns={columns}
        rowCount={rowCount}
        onRows={onRows}
        onCopy={({ row, column }) => {
          const value = rowAt(row)?.cells[column]
          if (value !== undefined) void copyText(value ?? '').then((done) => setCopied(done ? t.copyHint : ''))
        }}
        rowAt={rowAt}
        renderCell={renderCell}
      />
      <span role="status" className="sr-only">
        {copied}
      </span>
    </>
  )
}

interface ResultRow {
  cells: readonly (string | null)[]
  /** What Amazon filtered in the row, in its words. */
  reason: string | null
}

const rowsOfPages = new WeakMap<ResultPage, ResultRow[]>()

/** The rows of a page, made once, so that a row that is still the same is not drawn again. */
function rowsOf(page: ResultPage): ResultRow[] {
  let rows = rowsOfPages.get(page)
  if (rows === undefined) {
    rows = page.rows.map((cells, index) => ({ cells, reason: page.marks[index]?.reason ?? null }))
    rowsOfPages.set(page, rows)
  }
  return rows
}

/** NULL, a filtered value and a value that is still to come look different, and none of them looks empty. */
function renderCell(row: ResultRow | undefined, column: number): GridCell {
  const value = row?.cells[column]
  if (row === undefined || value === undefined) return { className: '', content: <span className="waiting" /> }
  if (value !== null) return { className: '', content: <span title={value}>{value}</span> }
  if (row.reason === null) return { className: 'null', content: t.nullValue }
  return { className: 'guard-hatch filtered', content: <span title={t.filteredBy(row.reason)}>{t.filtered}</span> }
}

function gridColumn(column: ResultColumn): GridColumn {
  const usual = usualWidths[column.dataType] ?? 168
  return {
    name: column.name,
    width: Math.min(320, Math.max(usual, column.name.length * 7.4 + 56)),
    end: numeric.has(column.dataType),
    head: (
      <>
        <TypeChip type={column.dataType} metric={column.columnType === 'METRIC'} />
        <span className="mono cut" title={column.name}>
          {column.name}
        </span>
      </>
    ),
  }
}

const usualWidths: Record<string, number> = {
  INTEGER: 104,
  LONG: 112,
  DECIMAL: 140,
  DOUBLE: 172,
  FLOAT: 172,
  BOOLEAN: 96,
  DATE: 110,
  TIMESTAMP: 200,
}

/** Follows the rows on screen, but waits out a fast scroll, so that pages that fly past are never fetched. */
function useSettled(range: { first: number; last: number }): { first: number; last: number } {
  const [settled, setSettled] = useState(range)
  const far = Math.abs(range.first - settled.first) > 3 * rowsPerPage
  useEffect(() => {
    const timer = setTimeout(() => setSettled(range), far ? 90 : 0)
    return () => clearTimeout(timer)
  }, [range, far])
  return settled
}
