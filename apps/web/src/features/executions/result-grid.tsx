import { type Execution, type ResultColumn, valueKindOf } from '@recomamp/contracts'
import { useMemo, useState } from 'react'
import { results as t } from '#messages/results.ts'
import { counted, figure } from '#platform/words.ts'
import { copyText } from '#ui/copy-button.tsx'
import { DataGrid, type GridCell, type GridColumn } from '#ui/data-grid.tsx'
import { TypeChip } from '#ui/data-marks.tsx'
import type { GridRange } from '#ui/grid-geometry.ts'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { ColumnMenu } from './column-menu.tsx'
import { cellsOf, copyLimit, readRange } from './copy-range.ts'
import { type Arrangement, fitting, shownColumns, sortedBy, toggled } from './result-arrangement.ts'
import { ResultToolbar } from './result-toolbar.tsx'
import { type ResultRow, useResultRows } from './use-result-rows.ts'

interface ResultGridProps {
  execution: Execution
  arrangement: Arrangement
  onArrange: (arrangement: Arrangement) => void
}

/** The rows of a completed execution, sorted, filtered and with the columns that were chosen; only what is on screen is fetched. */
export function ResultGrid({ execution, arrangement: asked, onArrange }: ResultGridProps) {
  const arrangement = useMemo(() => fitting(asked, execution.columns), [asked, execution.columns])
  const columns = useMemo(() => shownColumns(arrangement, execution.columns), [arrangement, execution.columns])
  const names = useMemo(() => columns.map(({ name }) => name), [columns])
  const { rowAt, matching, error, retry, onView } = useResultRows(execution, arrangement, names)
  const gridColumns = useMemo(() => columns.map((column) => gridColumn(column, arrangement)), [columns, arrangement])
  const [menu, setMenu] = useState<{ column: ResultColumn; anchor: HTMLElement } | null>(null)
  const [notice, setNotice] = useState('')
  const { sort, filter } = arrangement
  const allNames = execution.columns.map(({ name }) => name)

  const copy = async (range: GridRange) => {
    const cells = cellsOf(range)
    if (cells > copyLimit) return setNotice(t.copyTooLarge(counted(cells, 'cell'), figure(copyLimit)))
    setNotice(t.copying)
    const done = await readRange(execution.id, arrangement, names, range, rowAt).then(copyText)
    setNotice(done ? t.copied(counted(cells, 'cell')) : t.notCopied)
  }

  return (
    <>
      <ResultToolbar execution={execution} arrangement={arrangement} matching={matching} onArrange={onArrange} />
      <p role="status" className={notice === '' ? 'sr-only' : 'text-12 text-text-2 flex-none px-3 pb-1'}>
        {notice}
      </p>
      {error !== null && <ErrorPanel error={error} onRetry={retry} />}
      {matching === 0 ? (
        <NoneMatch count={filter.length} onClear={() => onArrange({ ...arrangement, filter: [] })} />
      ) : (
        <DataGrid
          label={t.grid(execution.workflow.name)}
          rowHead={t.rowHead}
          columns={gridColumns}
          // As many as a page while the count is not known.
          rowCount={matching ?? Math.min(100, execution.rowCount ?? 0)}
          rowsKey={JSON.stringify([sort, filter])}
          onView={onView}
          onCopy={(range) => void copy(range)}
          onSort={(at, isFurther) => onArrange({ ...arrangement, sort: sortedBy(sort, names[at] ?? '', isFurther) })}
          onMenu={(at, anchor) => {
            const column = columns[at]
            if (column !== undefined) setMenu({ column, anchor })
          }}
          menuLabel={t.menuOf}
          rowAt={rowAt}
          renderCell={renderCell}
        />
      )}
      {menu !== null && (
        <ColumnMenu
          executionId={execution.id}
          column={menu.column}
          anchor={menu.anchor}
          arrangement={arrangement}
          onArrange={onArrange}
          onHide={
            names.length > 1
              ? () => onArrange({ ...arrangement, columns: toggled(names, allNames, menu.column.name) })
              : null
          }
          onClose={() => setMenu(null)}
        />
      )}
    </>
  )
}

function NoneMatch({ count, onClear }: { count: number; onClear: () => void }) {
  return (
    <div className="flex flex-col items-start gap-2 px-6 py-5">
      <p>{t.noneMatch(count)}</p>
      <button type="button" className="btn" onClick={onClear}>
        {t.clearFilter}
      </button>
    </div>
  )
}

/** NULL, a filtered value and a value that is still to come look different, and none of them looks empty. */
function renderCell(row: ResultRow | undefined, column: number): GridCell {
  const value = row?.cells[column]
  if (row === undefined || value === undefined) return { className: '', content: <span className="waiting" /> }
  if (value !== null) return { className: '', content: <span title={value}>{value}</span> }
  if (row.reason === null) return { className: 'null', content: t.nullValue }
  return { className: 'guard-hatch filtered', content: <span title={t.filteredBy(row.reason)}>{t.filtered}</span> }
}

function gridColumn(column: ResultColumn, { sort }: Arrangement): GridColumn {
  const usual = usualWidths[column.dataType] ?? 168
  const place = sort.findIndex((key) => key.column === column.name)
  const key = sort[place]
  return {
    name: column.name,
    // The name, its chip, the mark of the order and the button of the menu.
    width: Math.min(320, Math.max(usual, column.name.length * 7.4 + 92)),
    end: valueKindOf(column.dataType) === 'number',
    sorted: key === undefined ? null : key.direction === 'asc' ? 'ascending' : 'descending',
    sortPlace: key === undefined || sort.length === 1 ? null : place + 1,
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
  INTEGER: 112,
  LONG: 120,
  DECIMAL: 140,
  DOUBLE: 172,
  FLOAT: 172,
  BOOLEAN: 104,
  DATE: 120,
  TIMESTAMP: 200,
}
