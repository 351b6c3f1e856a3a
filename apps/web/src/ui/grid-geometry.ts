/** Browsers cut an element's height off above about 17.9 million pixels (Firefox), so more rows than that share a scaled height. */
const tallestPx = 16_000_000

export interface RowGeometry {
  /** The height of the scrolled content, at most what a browser can lay out. */
  scrollHeight: number
  /** The height that the rows would have. */
  rowsHeight: number
  rowHeight: number
  viewport: number
}

export function rowGeometry(rowCount: number, rowHeight: number, viewport: number): RowGeometry {
  const rowsHeight = rowCount * rowHeight
  return { rowsHeight, scrollHeight: Math.min(rowsHeight, tallestPx), rowHeight, viewport }
}

/** The distance from the first row to the top of the view, for a scroll position; exact at both ends. */
export function rowsTop(geometry: RowGeometry, scrollTop: number): number {
  const travel = geometry.scrollHeight - geometry.viewport
  if (travel <= 0 || geometry.rowsHeight === geometry.scrollHeight) return Math.max(0, scrollTop)
  return (Math.min(scrollTop, travel) / travel) * (geometry.rowsHeight - geometry.viewport)
}

/** The scroll position that shows the given distance from the first row at the top of the view. */
export function scrollTopFor(geometry: RowGeometry, top: number): number {
  const travel = geometry.scrollHeight - geometry.viewport
  if (travel <= 0 || geometry.rowsHeight === geometry.scrollHeight) return top
  return (top / (geometry.rowsHeight - geometry.viewport)) * travel
}

/** The rows to draw, last exclusive, with a few beyond each edge. */
export function visibleRows(
  geometry: RowGeometry,
  scrollTop: number,
  rowCount: number,
): { first: number; last: number } {
  const beyond = 6
  const top = rowsTop(geometry, scrollTop)
  const first = Math.max(0, Math.floor(top / geometry.rowHeight) - beyond)
  const last = Math.min(rowCount, Math.ceil((top + geometry.viewport) / geometry.rowHeight) + beyond)
  return { first, last }
}

/** The columns to draw, last exclusive, of columns with the given left edges (one more than there are columns). */
export function visibleColumns(
  edges: readonly number[],
  scrollLeft: number,
  width: number,
): { first: number; last: number } {
  const count = edges.length - 1
  let first = 0
  while (first < count - 1 && (edges[first + 1] ?? 0) <= scrollLeft) first += 1
  let last = first
  while (last < count && (edges[last] ?? 0) < scrollLeft + width) last += 1
  return { first: Math.max(0, first - 1), last: Math.min(count, last + 1) }
}

/** How wide a column can be drawn. */
export function columnWidth(width: number): number {
  return Math.round(Math.min(1200, Math.max(56, width)))
}

/** Of the columns that should stay in view, those that leave at least half of it to the others. */
export function pinnedThatFit(edges: readonly number[], pinned: number, width: number): number {
  let count = Math.min(pinned, edges.length - 1)
  while (count > 0 && (edges[count] ?? 0) > width / 2) count -= 1
  return count
}

export interface GridPlace {
  /** -1 is the row of the names. */
  row: number
  column: number
}

/** The row of the names, above the first row. */
export const headRow = -1

/** The cells between two corners, all ends inclusive. */
export interface GridRange {
  firstRow: number
  lastRow: number
  firstColumn: number
  lastColumn: number
}

/** The cells between two places; the row of the names holds none. */
export function rangeBetween(one: GridPlace, other: GridPlace): GridRange {
  return {
    firstRow: Math.max(0, Math.min(one.row, other.row)),
    lastRow: Math.max(0, one.row, other.row),
    firstColumn: Math.min(one.column, other.column),
    lastColumn: Math.max(one.column, other.column),
  }
}

/** Where a key leads from a place; null for keys that do not move. */
export function moveInGrid(
  place: GridPlace,
  key: string,
  edge: boolean,
  size: { rows: number; columns: number; pageRows: number },
): GridPlace | null {
  const lastRow = size.rows - 1
  const lastColumn = size.columns - 1
  const row = (to: number) => ({ row: Math.max(0, Math.min(lastRow, to)), column: place.column })
  const column = (to: number) => ({ row: place.row, column: Math.max(0, Math.min(lastColumn, to)) })
  switch (key) {
    case 'ArrowDown':
      return row(edge ? lastRow : place.row + 1)
    case 'ArrowUp':
      return edge && place.row > 0 ? row(0) : { row: Math.max(headRow, place.row - 1), column: place.column }
    case 'ArrowRight':
      return column(edge ? lastColumn : place.column + 1)
    case 'ArrowLeft':
      return column(edge ? 0 : place.column - 1)
    case 'PageDown':
      return row(place.row + size.pageRows)
    case 'PageUp':
      return row(place.row - size.pageRows)
    case 'Home':
      return edge ? { row: 0, column: 0 } : column(0)
    case 'End':
      return edge ? { row: lastRow, column: lastColumn } : column(lastColumn)
    default:
      return null
  }
}
