import type { LocalRun } from '@recomamp/contracts'
import { RotateCw, X } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { counts } from '#messages/counts.ts'
import { results as gridWords } from '#messages/results.ts'
import { workbench } from '#messages/workbench.ts'
import { executions } from '#messages/executions.ts'
import { figure, spanInWords, windowInWords } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { copyText } from '#ui/copy-button.tsx'
import { DataGrid } from '#ui/data-grid.tsx'
import type { GridRange } from '#ui/grid-geometry.ts'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { unarranged } from './result-arrangement.ts'
import { cellRenderer, gridColumn } from './result-grid.tsx'
import type { ResultRow } from './use-result-rows.ts'

const t = workbench.local

interface LocalResultProps {
  /** What of the query ran, in words. */
  of: string
  /** Null while it runs, and where it failed. */
  run: LocalRun | null
  problem: unknown
  onAgain: () => void
  onClose: () => void
}

/** The rows of a try on synthetic data, marked as that. */
export function LocalResult({ of, run, problem, onAgain, onClose }: LocalResultProps) {
  const filtered = run?.marks.filter((mark) => mark !== null).length ?? 0
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-[34px] flex-none flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1">
        <span className="tag dotted">{t.tab}</span>
        <span role="status" className="text-12">
          {run === null ? (problem === null ? t.running : '') : summary(run)}
        </span>
        <span className="text-12 text-text-2 cut min-w-0">{of}</span>
        {filtered > 0 && (
          <span className="text-12 text-text-2 flex items-center gap-1.5">
            <i aria-hidden className="guard-hatch size-3 rounded-2" />
            {filtered === 1 ? executions.oneFiltered : executions.filteredRows(counts.rows(filtered))}
          </span>
        )}
        {run !== null && (
          <span className="text-12 text-text-3">
            {windowInWords(run.window)}, {run.window.timeZone}; {t.note}
          </span>
        )}
        <div className="flex-1" />
        <Button look="quiet" size="small" onPress={onAgain}>
          <RotateCw size={14} strokeWidth={1.7} aria-hidden />
          {t.again}
        </Button>
        <Button look="quiet" size="small" square aria-label={t.close} onPress={onClose}>
          <X size={14} strokeWidth={1.7} aria-hidden />
        </Button>
      </div>
      <div className="border-line-subtle flex min-h-0 flex-1 flex-col overflow-auto border-t">
        {problem !== null && <ErrorPanel error={problem} onRetry={onAgain} />}
        {run === null && problem === null && <Skeleton label={t.running} rows={3} />}
        {run !== null && (run.rowCount === 0 ? <p className="px-6 py-5">{t.none}</p> : <Rows run={run} />)}
      </div>
    </div>
  )
}

function summary({ rows, rowCount, tookMs }: LocalRun): string {
  const count = rows.length < rowCount ? t.first(figure(rows.length), figure(rowCount)) : counts.rows(rowCount)
  return t.rows(count, tookMs < 950 ? `${(tookMs / 1000).toFixed(1)} s` : spanInWords(tookMs))
}

function Rows({ run }: { run: LocalRun }) {
  const [notice, setNotice] = useState('')
  const units = useMemo(() => new Map(run.money.map(({ column, unit }) => [column, unit])), [run.money])
  const columns = useMemo(
    () => run.columns.map((column) => gridColumn(column, unarranged, units)),
    [run.columns, units],
  )
  const renderCell = useMemo(() => cellRenderer(run.columns, units), [run.columns, units])
  const rows = useMemo(
    () =>
      run.rows.map((cells, at): ResultRow => {
        const mark = run.marks[at]
        return { cells, reason: mark?.reason ?? null }
      }),
    [run],
  )
  const rowAt = useCallback((row: number) => rows[row], [rows])
  const copy = async ({ firstRow, lastRow, firstColumn, lastColumn }: GridRange) => {
    const lines = rows
      .slice(firstRow, lastRow + 1)
      .map(({ cells }) => cells.slice(firstColumn, lastColumn + 1).map((cell) => cell ?? ''))
    const done = await copyText(lines.map((cells) => cells.join('\t')).join('\n'))
    setNotice(
      done ? gridWords.copied(counts.cells(lines.length * (lastColumn - firstColumn + 1))) : gridWords.notCopied,
    )
  }
  return (
    <>
      <p role="status" className={notice === '' ? 'sr-only' : 'text-12 text-text-2 flex-none px-3 pb-1'}>
        {notice}
      </p>
      <DataGrid
        label={t.tab}
        rowHead={gridWords.rowHead}
        columns={columns}
        rowCount={rows.length}
        rowsKey=""
        onView={nothing}
        onCopy={(range) => void copy(range)}
        rowAt={rowAt}
        renderCell={renderCell}
      />
    </>
  )
}

function nothing(): void {
  // All rows are here.
}
