import { ArrowDown, ArrowUp, ChevronDown } from 'lucide-react'
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import { memo, useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import {
  columnWidth,
  type GridPlace,
  type GridRange,
  headRow,
  moveInGrid,
  pinnedThatFit,
  rangeBetween,
  rowGeometry,
  rowsTop,
  scrollTopFor,
  visibleColumns,
  visibleRows,
} from './grid-geometry.ts'
import { useRowHeight } from './use-row-height.ts'

export interface GridColumn {
  name: string
  head: ReactNode
  width: number
  /** Takes of the width that is left over: what is text can be read in full then. */
  grows?: boolean
  /** Numbers stand at the end of their cell. */
  end: boolean
  sorted: 'ascending' | 'descending' | null
  /** The place of the column among several keys of an order, from 1; null where there is one key or none. */
  sortPlace: number | null
}

export interface GridCell {
  className: string
  content: ReactNode
}

/** What is on screen, last exclusive, so that it can be fetched. */
export interface GridView {
  firstRow: number
  lastRow: number
  firstColumn: number
  lastColumn: number
}

interface DataGridProps<Row> {
  label: string
  rowHead: string
  columns: readonly GridColumn[]
  rowCount: number
  /** The rows are others when it changes: the grid goes to the first. */
  rowsKey: string
  /** The data of a row, the same object as long as it is the same; undefined while it is fetched. */
  rowAt: (row: number) => Row | undefined
  /** Draws a cell; must keep its identity between renders. */
  renderCell: (row: Row | undefined, column: number) => GridCell
  onCopy: (range: GridRange) => void
  onView: (view: GridView) => void
  /** So many of the first columns stay while the others move sideways, as far as they leave room for those. */
  pinned?: number
  /** A column was drawn to another width; null: the usual one again. Absent where widths are given. */
  onResize?: (column: number, width: number | null) => void
  /** A press on the name of a column: with `isFurther`, as one more key. Absent where the order is given. */
  onSort?: (column: number, isFurther: boolean) => void
  /** The menu of a column was asked for; it belongs at `anchor`. Absent where columns have none. */
  onMenu?: (column: number, anchor: HTMLElement) => void
  menuLabel?: (column: string) => string
}

const headHeight = 30
const rowHeadWidth = 56
const mostMore = 320
const blockRows = 1000
const origin: GridPlace = { row: 0, column: 0 }

/**
 * A table of any length: the DOM holds what is on screen, the counts tell assistive technology the truth. One tab stop; the
 * arrows move inside and up to the names, where Enter sorts; Alt and the down key open the menu of a column.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, rowHead, rowCount, rowsKey, rowAt, renderCell, onCopy, onView, onSort, onMenu } = props
  const id = useId()
  const element = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, left: 0, height: 0, width: 0 })
  const [{ place, anchor }, setSelection] = useState({ place: origin, anchor: origin })
  const [keyOfSelection, setKeyOfSelection] = useState(rowsKey)
  const scrolledFor = useRef(rowsKey)
  const rowHeight = useRowHeight(28)

  useLayoutEffect(() => {
    const grid = element.current
    if (grid === null) return
    let frame = 0
    const read = () => {
      frame = 0
      setView({ top: grid.scrollTop, left: grid.scrollLeft, height: grid.clientHeight, width: grid.clientWidth })
    }
    const soon = () => (frame ||= requestAnimationFrame(read))
    const sizes = new ResizeObserver(soon)
    sizes.observe(grid)
    grid.addEventListener('scroll', soon, { passive: true })
    read()
    return () => {
      cancelAnimationFrame(frame)
      sizes.disconnect()
      grid.removeEventListener('scroll', soon)
    }
  }, [])

  const columns = useMemo(() => widened(props.columns, view.width - rowHeadWidth), [props.columns, view.width])
  const edges = useMemo(() => columnEdges(columns), [columns])
  const geometry = rowGeometry(rowCount, rowHeight, Math.max(0, view.height - headHeight))
  const rows = visibleRows(geometry, view.top, rowCount)
  const pinned = pinnedThatFit(edges, props.pinned ?? 0, view.width)
  const pinnedWidth = edges[pinned] ?? 0
  const visible = visibleColumns(edges, view.left, view.width - rowHeadWidth)
  const shown = { first: Math.max(pinned, visible.first), last: Math.max(pinned, visible.last) }
  const offset = view.top - rowsTop(geometry, view.top)
  // Rows stand in a block that moves, so that a frame of scrolling changes one style and not one of each row.
  const block = Math.floor(rows.first / blockRows) * blockRows
  useEffect(
    () => onView({ firstRow: rows.first, lastRow: rows.last, firstColumn: shown.first, lastColumn: shown.last }),
    [rows.first, rows.last, shown.first, shown.last, onView],
  )
  if (keyOfSelection !== rowsKey) {
    const first = { row: Math.min(place.row, 0), column: place.column }
    setKeyOfSelection(rowsKey)
    setSelection({ place: first, anchor: first })
  }
  useLayoutEffect(() => {
    if (scrolledFor.current === rowsKey) return
    scrolledFor.current = rowsKey
    element.current?.scrollTo({ top: 0 })
  }, [rowsKey])
  const select = useCallback((next: GridPlace, extend: boolean) => {
    setSelection((now) => ({ place: next, anchor: extend ? now.anchor : next }))
  }, [])

  const show = (next: GridPlace, extend: boolean) => {
    select(next, extend)
    const grid = element.current
    if (grid === null) return
    const top = rowsTop(geometry, grid.scrollTop)
    const cellTop = next.row * rowHeight
    if (next.row === headRow) grid.scrollTop = 0
    else if (cellTop < top) grid.scrollTop = scrollTopFor(geometry, cellTop)
    else if (cellTop + rowHeight > top + geometry.viewport)
      grid.scrollTop = scrollTopFor(geometry, cellTop + rowHeight - geometry.viewport)
    const left = edges[next.column] ?? 0
    const right = (edges[next.column + 1] ?? 0) + rowHeadWidth
    if (next.column < pinned) return
    if (left - pinnedWidth < grid.scrollLeft) grid.scrollLeft = left - pinnedWidth
    else if (right > grid.scrollLeft + grid.clientWidth) grid.scrollLeft = right - grid.clientWidth
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const command = event.ctrlKey || event.metaKey
    if (command && event.key === 'c') {
      event.preventDefault()
      onCopy(range)
      return
    }
    if (command && event.key === 'a') {
      event.preventDefault()
      setSelection({ anchor: origin, place: { row: rowCount - 1, column: columns.length - 1 } })
      return
    }
    if (event.key === 'Escape' && anchor !== place) {
      select(anchor, false)
      return
    }
    if (event.altKey && event.key === 'ArrowDown') {
      event.preventDefault()
      const head = document.getElementById(`${id}-${headRow}-${place.column}`)
      if (head !== null) onMenu?.(place.column, head)
      return
    }
    if (place.row === headRow && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault()
      onSort?.(place.column, event.shiftKey)
      return
    }
    const size = {
      rows: rowCount,
      columns: columns.length,
      pageRows: Math.max(1, Math.floor(geometry.viewport / rowHeight) - 1),
    }
    const next = event.altKey ? null : moveInGrid(place, event.key, command, size)
    if (next === null) return
    event.preventDefault()
    show(event.shiftKey && next.row === headRow ? { ...next, row: 0 } : next, event.shiftKey)
  }

  const range = rangeBetween(anchor, place)
  const isOne = anchor.row === place.row && anchor.column === place.column
  const placeShown =
    (place.row === headRow || (place.row >= rows.first && place.row < rows.last)) &&
    (place.column < pinned || (place.column >= shown.first && place.column < shown.last))
  const totalWidth = rowHeadWidth + (edges.at(-1) ?? 0)
  const head = (column: number) => (
    <GridHead
      key={column}
      id={`${id}-${headRow}-${column}`}
      index={column}
      column={columns[column]}
      left={rowHeadWidth + (edges[column] ?? 0)}
      isCurrent={place.row === headRow && place.column === column}
      menuLabel={props.menuLabel}
      onPlace={select}
      onSort={onSort}
      onMenu={onMenu}
      onResize={props.onResize}
    />
  )

  return (
    <div
      ref={element}
      role="grid"
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-activedescendant={placeShown ? `${id}-${place.row}-${place.column}` : undefined}
      tabIndex={0}
      className="data-grid"
      onKeyDown={onKeyDown}
    >
      <div role="row" aria-rowindex={1} className="grid-head" style={{ width: totalWidth }}>
        <div role="presentation" className={pinnedClass(pinned)} style={{ width: rowHeadWidth + pinnedWidth }}>
          <div role="columnheader" aria-colindex={1} className="row-number" style={{ width: rowHeadWidth }}>
            <span className="sr-only">{rowHead}</span>
          </div>
          {numbers(0, pinned).map(head)}
        </div>
        {numbers(shown.first, shown.last).map(head)}
      </div>
      <div role="presentation" style={{ position: 'relative', height: geometry.scrollHeight, width: totalWidth }}>
        <div role="presentation" style={{ transform: `translateY(${block * rowHeight + offset}px)` }}>
          {numbers(rows.first, rows.last).map((row) => (
            <div
              key={row}
              role="row"
              aria-rowindex={row + 2}
              className="grid-row"
              style={{ top: (row - block) * rowHeight, height: rowHeight, width: totalWidth }}
            >
              <GridRowCells
                id={id}
                row={row}
                data={rowAt(row)}
                columns={columns}
                edges={edges}
                pinned={pinned}
                first={shown.first}
                last={shown.last}
                current={place.row === row ? place.column : null}
                {...selectedIn(range, row, isOne)}
                renderCell={renderCell}
                onPlace={select}
              />
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

interface GridHeadProps {
  id: string
  index: number
  column: GridColumn | undefined
  left: number
  isCurrent: boolean
  menuLabel: DataGridProps<unknown>['menuLabel']
  onPlace: (place: GridPlace, extend: boolean) => void
  onSort: DataGridProps<unknown>['onSort']
  onMenu: DataGridProps<unknown>['onMenu']
  onResize: DataGridProps<unknown>['onResize']
}

/** The name of a column with what can be done with it; a frame of scrolling draws none anew. */
const GridHead = memo(function GridHead(props: GridHeadProps) {
  const { id, index, column, left, isCurrent, menuLabel, onPlace, onSort, onMenu, onResize } = props
  if (column === undefined) return null
  const { sorted, sortPlace } = column
  const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp
  return (
    <div
      id={id}
      role="columnheader"
      aria-colindex={index + 2}
      // One key is what the attribute is made for; of several, only the first says it.
      aria-sort={sorted !== null && (sortPlace ?? 1) === 1 ? sorted : undefined}
      style={{ left, width: column.width }}
      className={`${column.end ? 'end' : ''} ${isCurrent ? 'current' : ''} ${sorted === null ? '' : 'sorted'}`}
    >
      {onSort === undefined ? (
        <span className="head-name">{column.head}</span>
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className="head-name"
          onClick={(event) => {
            onPlace({ row: headRow, column: index }, false)
            onSort(index, event.shiftKey)
          }}
        >
          {column.head}
          {sorted !== null && (
            <span className="sort-mark">
              <Arrow size={12} strokeWidth={2} aria-hidden />
              {sortPlace}
            </span>
          )}
        </button>
      )}
      {onMenu !== undefined && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={menuLabel?.(column.name)}
          aria-haspopup="dialog"
          className="head-menu"
          onClick={(event) => onMenu(index, event.currentTarget)}
        >
          <ChevronDown size={12} strokeWidth={2} aria-hidden />
        </button>
      )}
      {onResize !== undefined && (
        // For the pointer alone: the menu of the column does the same for keys and fingers.
        <span
          aria-hidden
          className="head-edge"
          onPointerDown={(event) => followEdge(event, column.width, (width) => onResize(index, width))}
          onDoubleClick={() => onResize(index, null)}
        />
      )}
    </div>
  )
})

function followEdge(event: PointerEvent<HTMLElement>, width: number, onWidth: (width: number) => void): void {
  event.preventDefault()
  const edge = event.currentTarget
  const from = event.clientX
  const follow = (move: globalThis.PointerEvent) => onWidth(columnWidth(width + move.clientX - from))
  edge.setPointerCapture(event.pointerId)
  edge.addEventListener('pointermove', follow)
  edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', follow), { once: true })
}

function pinnedClass(pinned: number): string {
  return pinned > 0 ? 'grid-pinned some' : 'grid-pinned'
}

/** The columns of a row that are selected, last inclusive; numbers, so that a row that is still the same is not drawn again. */
function selectedIn(range: GridRange, row: number, isOne: boolean): { selectedFirst: number; selectedLast: number } {
  if (isOne || row < range.firstRow || row > range.lastRow) return { selectedFirst: 0, selectedLast: -1 }
  return { selectedFirst: range.firstColumn, selectedLast: range.lastColumn }
}

interface GridRowCellsProps<Row> {
  id: string
  row: number
  data: Row | undefined
  columns: readonly GridColumn[]
  edges: readonly number[]
  pinned: number
  first: number
  last: number
  current: number | null
  selectedFirst: number
  selectedLast: number
  renderCell: (row: Row | undefined, column: number) => GridCell
  onPlace: (place: GridPlace, extend: boolean) => void
}

/** The cells of one row, drawn again only when the row or the columns on screen change: scrolling moves rows, nothing else. */
const GridRowCells = memo(function GridRowCells<Row>(props: GridRowCellsProps<Row>) {
  const { id, row, data, columns, edges, pinned, first, last, current, selectedFirst, selectedLast } = props
  const { renderCell, onPlace } = props
  const cellAt = (column: number) => {
    const cell = renderCell(data, column)
    const isSelected = current === column || (column >= selectedFirst && column <= selectedLast)
    return (
      <div
        key={column}
        id={`${id}-${row}-${column}`}
        role="gridcell"
        aria-colindex={column + 2}
        aria-selected={isSelected}
        className={`grid-cell ${columns[column]?.end ? 'end' : ''} ${current === column ? 'current' : ''} ${cell.className}`}
        style={{ left: rowHeadWidth + (edges[column] ?? 0), width: columns[column]?.width }}
        onPointerDown={(event) => onPlace({ row, column }, event.shiftKey)}
        onPointerEnter={(event) => {
          if (event.buttons === 1 && event.pointerType === 'mouse') onPlace({ row, column }, true)
        }}
      >
        {cell.content}
      </div>
    )
  }
  return (
    <>
      <div role="presentation" className={pinnedClass(pinned)} style={{ width: rowHeadWidth + (edges[pinned] ?? 0) }}>
        <div role="rowheader" aria-colindex={1} className="grid-cell row-number" style={{ width: rowHeadWidth }}>
          {row + 1}
        </div>
        {numbers(0, pinned).map(cellAt)}
      </div>
      {numbers(first, last).map(cellAt)}
    </>
  )
}) as <Row>(props: GridRowCellsProps<Row>) => ReactNode

/** The columns with the width that is left over, as far as a text makes use of it. */
function widened(columns: readonly GridColumn[], width: number): readonly GridColumn[] {
  const spare = width - columns.reduce((sum, column) => sum + column.width, 0)
  const growing = columns.filter(({ grows }) => grows).length
  if (spare <= 0 || growing === 0) return columns
  const more = Math.min(mostMore, Math.floor(spare / growing))
  return columns.map((column) => (column.grows ? { ...column, width: column.width + more } : column))
}

function columnEdges(columns: readonly GridColumn[]): number[] {
  const edges = [0]
  for (const column of columns) edges.push((edges.at(-1) ?? 0) + column.width)
  return edges
}

function numbers(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index)
}
