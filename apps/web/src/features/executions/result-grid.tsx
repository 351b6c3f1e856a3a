import type { Execution, ResultColumn, ResultPage } from '@recomamp/contracts'
import { useQueries } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { executions as t } from '#messages/executions.ts'
import { copyText } from '#ui/copy-button.tsx'
import { DataGrid, type GridColumn } from '#ui/data-grid.tsx'
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
    return page === undefined ? undefined : { cells: page.rows[row % rowsPerPage], mark: markAt(page, row) }
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
          const value = rowAt(row)?.cells?.[column]
          if (value !== undefined) void copyText(value ?? '').then((done) => setCopied(done ? t.copyHint : ''))
        }}
        renderCell={(row, column) => {
          const found = rowAt(row)
          const value = found?.cells?.[column]
          if (value === undefined) return { className: '', content: <span className="waiting" /> }
          if (value !== null) return { className: '', content: <span title={value}>{value}</span> }
          if (found?.mark?.reason === undefined || found.mark.reason === null)
            return { className: 'null', content: t.nullValue }
          return {
            className: 'guard-hatch filtered',
            content: <span title={t.filteredBy(found.mark.reason)}>{t.filtered}</span>,
          }
        }}
      />
      <span role="status" className="sr-only">
        {copied}
      </span>
    </>
  )
}

function markAt(page: ResultPage, row: number): ResultPage['marks'][number] {
  return page.marks[row - page.offset] ?? null
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
