import type { KeyboardEvent, ReactNode } from 'react'
import { memo, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import {
  type GridPlace,
  moveInGrid,
  rowGeometry,
  rowsTop,
  scrollTopFor,
  visibleColumns,
  visibleRows,
} from './grid-geometry.ts'

export interface GridColumn {
  name: string
  head: ReactNode
  width: number
  /** Numbers stand at the end of their cell. */
  end: boolean
}

export interface GridCell {
  className: string
  content: ReactNode
}

interface DataGridProps<Row> {
  label: string
  rowHead: string
  columns: readonly GridColumn[]
  rowCount: number
  /** The data of a row, the same object as long as it is the same; undefined while it is fetched. */
  rowAt: (row: number) => Row | undefined
  /** Draws a cell; must keep its identity between renders. */
  renderCell: (row: Row | undefined, column: number) => GridCell
  onCopy: (place: GridPlace) => void
  /** The rows on screen, last exclusive, so that they can be fetched. */
  onRows: (first: number, last: number) => void
}

const headHeight = 30
const rowHeadWidth = 56

/**
 * A table of any length: the DOM holds what is on screen, the counts tell assistive technology the truth. One tab stop; the
 * arrows move inside.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, rowHead, columns, rowCount, rowAt, renderCell, onCopy, onRows } = props
  const id = useId()
  const element = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, left: 0, height: 0, width: 0 })
  const [place, setPlace] = useState<GridPlace>({ row: 0, column: 0 })
  const rowHeight = useMemo(() => (matchMedia('(pointer: coarse)').matches ? 40 : 28), [])

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

  const edges = useMemo(() => columnEdges(columns), [columns])
  const geometry = rowGeometry(rowCount, rowHeight, Math.max(0, view.height - headHeight))
  const rows = visibleRows(geometry, view.top, rowCount)
  const shown = visibleColumns(edges, view.left, view.width - rowHeadWidth)
  const offset = view.top - rowsTop(geometry, view.top)
  useEffect(() => onRows(rows.first, rows.last), [rows.first, rows.last, onRows])

  const show = (next: GridPlace) => {
    setPlace(next)
    const grid = element.current
    if (grid === null) return
    const top = rowsTop(geometry, grid.scrollTop)
    const cellTop = next.row * rowHeight
    if (cellTop < top) grid.scrollTop = scrollTopFor(geometry, cellTop)
    else if (cellTop + rowHeight > top + geometry.viewport)
      grid.scrollTop = scrollTopFor(geometry, cellTop + rowHeight - geometry.viewport)
    const left = edges[next.column] ?? 0
    const right = (edges[next.column + 1] ?? 0) + rowHeadWidth
    if (left < grid.scrollLeft) grid.scrollLeft = left
    else if (right > grid.scrollLeft + grid.clientWidth) grid.scrollLeft = right - grid.clientWidth
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const command = event.ctrlKey || event.metaKey
    if (command && event.key === 'c' && getSelection()?.isCollapsed !== false) {
      event.preventDefault()
      onCopy(place)
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
    show(next)
  }

  const placeShown =
    place.row >= rows.first && place.row < rows.last && place.column >= shown.first && place.column < shown.last
  const columnNumbers = range(shown.first, shown.last)
  const totalWidth = rowHeadWidth + (edges.at(-1) ?? 0)

  return (
    <div
      ref={element}
      role="grid"
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length + 1}
      aria-activedescendant={placeShown ? `${id}-${place.row}-${place.column}` : undefined}
      tabIndex={0}
      className="data-grid"
      onKeyDown={onKeyDown}
    >
      <div role="row" aria-rowindex={1} className="grid-head" style={{ width: totalWidth }}>
        <div role="columnheader" aria-colindex={1} className="row-number" style={{ width: rowHeadWidth }}>
          <span className="sr-only">{rowHead}</span>
        </div>
        {columnNumbers.map((column) => (
          <div
            key={column}
            role="columnheader"
            aria-colindex={column + 2}
            style={{ left: rowHeadWidth + (edges[column] ?? 0), width: columns[column]?.width }}
            className={columns[column]?.end ? 'end' : ''}
          >
            {columns[column]?.head}
          </div>
        ))}
      </div>
      <div role="presentation" style={{ position: 'relative', height: geometry.scrollHeight, width: totalWidth }}>
        {range(rows.first, rows.last).map((row) => (
          <div
            key={row}
            role="row"
            aria-rowindex={row + 2}
            className="grid-row"
            style={{ transform: `translateY(${row * rowHeight + offset}px)`, height: rowHeight, width: totalWidth }}
          >
            <GridRowCells
              id={id}
              row={row}
              data={rowAt(row)}
              columns={columns}
              edges={edges}
              first={shown.first}
              last={shown.last}
              current={place.row === row ? place.column : null}
              renderCell={renderCell}
              onPlace={setPlace}
            />
          </div>
        ))}
      </div>
    </div>
  )
}

interface GridRowCellsProps<Row> {
  id: string
  row: number
  data: Row | undefined
  columns: readonly GridColumn[]
  edges: readonly number[]
  first: number
  last: number
  current: number | null
  renderCell: (row: Row | undefined, column: number) => GridCell
  onPlace: (place: GridPlace) => void
}

/** The cells of one row, drawn again only when the row or the columns on screen change: scrolling moves rows, nothing else. */
const GridRowCells = memo(function GridRowCells<Row>(props: GridRowCellsProps<Row>) {
  const { id, row, data, columns, edges, first, last, current, renderCell, onPlace } = props
  return (
    <>
      <div role="rowheader" aria-colindex={1} className="grid-cell row-number" style={{ width: rowHeadWidth }}>
        {row + 1}
      </div>
      {range(first, last).map((column) => {
        const cell = renderCell(data, column)
        return (
          <div
            key={column}
            id={`${id}-${row}-${column}`}
            role="gridcell"
            aria-colindex={column + 2}
            aria-selected={current === column}
            className={`grid-cell ${columns[column]?.end ? 'end' : ''} ${cell.className}`}
            style={{ left: rowHeadWidth + (edges[column] ?? 0), width: columns[column]?.width }}
            onPointerDown={() => onPlace({ row, column })}
          >
            {cell.content}
          </div>
        )
      })}
    </>
  )
}) as <Row>(props: GridRowCellsProps<Row>) => ReactNode

function columnEdges(columns: readonly GridColumn[]): number[] {
  const edges = [0]
  for (const column of columns) edges.push((edges.at(-1) ?? 0) + column.width)
  return edges
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index)
}
