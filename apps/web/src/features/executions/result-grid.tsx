import { type Execution, type MoneyColumn, type ResultColumn, valueKindOf } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { counts } from '#messages/counts.ts'
import { results as t } from '#messages/results.ts'
import { figure } from '#platform/words.ts'
import { copyText } from '#ui/copy-button.tsx'
import { DataGrid, type GridCell, type GridColumn } from '#ui/data-grid.tsx'
import { TypeChip } from '#ui/data-marks.tsx'
import type { GridRange } from '#ui/grid-geometry.ts'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { cellText } from './cell-text.ts'
import { ColumnMenu } from './column-menu.tsx'
import { cellsOf, copyLimit, readRange } from './copy-range.ts'
import { executionQueries } from './executions.queries.ts'
import { type MoneyUnits, moneyText, noMoney } from './money-text.ts'
import { type Arrangement, fitting, placedColumns, shownColumns, sortedBy, toggled } from './result-arrangement.ts'
import { ResultToolbar } from './result-toolbar.tsx'
import { type ColumnWidths, useColumnWidths } from './use-column-widths.ts'
import { type ResultRow, useResultRows } from './use-result-rows.ts'

interface ResultGridProps {
  execution: Execution
  arrangement: Arrangement
  onArrange: (arrangement: Arrangement) => void
}

/** The rows of a completed execution, sorted, filtered and with the columns that were chosen; only what is on screen is fetched. */
export function ResultGrid({ execution, arrangement: asked, onArrange }: ResultGridProps) {
  const arrangement = useMemo(() => fitting(asked, execution.columns), [asked, execution.columns])
  const columns = useMemo(() => placedColumns(arrangement, execution.columns), [arrangement, execution.columns])
  const names = useMemo(() => columns.map(({ name }) => name), [columns])
  const pinned = columns.filter(({ name }) => arrangement.pinned.includes(name)).length
  const { rowAt, matching, error, retry, onView } = useResultRows(execution, arrangement, names, pinned)
  const [widths, setWidth] = useColumnWidths(execution.workflow.id)
  const [asSent, setAsSent] = useState<ReadonlySet<string>>(new Set())
  const { data: money } = useQuery(executionQueries.moneyColumns(execution.id))
  const units = useMemo(
    () => new Map(money?.items.flatMap(({ column, unit }) => (asSent.has(column) ? [] : [[column, unit]]))),
    [money, asSent],
  )
  const gridColumns = useMemo(
    () => columns.map((column) => gridColumn(column, arrangement, units, widths)),
    [columns, arrangement, units, widths],
  )
  const renderCell = useMemo(() => cellRenderer(columns, units), [columns, units])
  const [menu, setMenu] = useState<{ column: ResultColumn; anchor: HTMLElement } | null>(null)
  const [notice, setNotice] = useState('')
  const { sort, filter } = arrangement
  const allNames = execution.columns.map(({ name }) => name)
  const shownNames = shownColumns(arrangement, execution.columns).map(({ name }) => name)

  const copy = async (range: GridRange) => {
    const cells = cellsOf(range)
    if (cells > copyLimit) return setNotice(t.copyTooLarge(counts.cells(cells), figure(copyLimit)))
    setNotice(t.copying)
    const done = await readRange(execution.id, arrangement, names, range, rowAt).then(copyText)
    const converted = names.slice(range.firstColumn, range.lastColumn + 1).flatMap((name) => units.get(name) ?? [])
    const [unit] = converted.filter((one) => one !== 'currency')
    setNotice(
      !done
        ? t.notCopied
        : unit === undefined
          ? t.copied(counts.cells(cells))
          : t.copiedAsSent(counts.cells(cells), unit),
    )
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
          pinned={pinned}
          onResize={(at, width) => setWidth(names[at] ?? '', width)}
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
          units={units}
          sent={money?.items.find(({ column }) => column === menu.column.name)?.unit ?? null}
          onSent={(isSent) =>
            setAsSent((now) => (isSent ? new Set([...now, menu.column.name]) : without(now, menu.column.name)))
          }
          width={gridColumns[names.indexOf(menu.column.name)]?.width ?? 0}
          onWidth={(width) => setWidth(menu.column.name, width)}
          onHide={
            names.length > 1
              ? () => onArrange({ ...arrangement, columns: toggled(shownNames, allNames, menu.column.name) })
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
export function cellRenderer(columns: readonly ResultColumn[], units: MoneyUnits = noMoney) {
  return (row: ResultRow | undefined, column: number): GridCell => {
    const value = row?.cells[column]
    if (row === undefined || value === undefined) return { className: '', content: <span className="waiting" /> }
    if (value !== null) {
      const unit = units.get(columns[column]?.name ?? '')
      const title = unit === undefined || unit === 'currency' ? value : t.inUnit(value, unit)
      return { className: '', content: <span title={title}>{textOf(value, columns[column], unit)}</span> }
    }
    if (row.reason === null) return { className: 'null', content: t.nullValue }
    return { className: 'guard-hatch filtered', content: <span title={t.filteredBy(row.reason)}>{t.filtered}</span> }
  }
}

/** A value of a column as people read it. */
function textOf(value: string, column: ResultColumn | undefined, unit: MoneyColumn['unit'] | undefined): string {
  return unit === undefined ? cellText(value, column) : moneyText(value, unit)
}

function without(names: ReadonlySet<string>, name: string): ReadonlySet<string> {
  return new Set([...names].filter((each) => each !== name))
}

/** A column of a result as the grid draws it. */
export function gridColumn(
  column: ResultColumn,
  { sort }: Arrangement,
  units: MoneyUnits = noMoney,
  widths: ColumnWidths = {},
): GridColumn {
  const unit = units.get(column.name)
  const own = widths[column.name]
  const usual = usualWidths[column.dataType] ?? 168
  const place = sort.findIndex((key) => key.column === column.name)
  const key = sort[place]
  return {
    name: column.name,
    // The name, its chip, its unit, the mark of the order and the button of the menu.
    width:
      own ?? Math.min(320, Math.max(usual, Math.ceil(column.name.length * 7.4) + 92 + (unit === undefined ? 0 : 52))),
    grows: own === undefined && valueKindOf(column.dataType) === 'text',
    end: valueKindOf(column.dataType) === 'number',
    sorted: key === undefined ? null : key.direction === 'asc' ? 'ascending' : 'descending',
    sortPlace: key === undefined || sort.length === 1 ? null : place + 1,
    head: (
      <>
        <TypeChip type={column.dataType} metric={column.columnType === 'METRIC'} />
        <span className="mono cut" title={column.name}>
          {column.name}
        </span>
        {unit !== undefined && (
          <span className="tag flex-none" title={t.moneyOf[unit]}>
            {t.money}
          </span>
        )}
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
