/** Rows one below the other, of which at most one is open and has more below it. */
export interface RowLayout {
  /** Where each row begins and, last, where all end, in pixels, as if none were open. */
  edges: Float64Array
  open: { at: number; height: number } | null
}

/** The edges of rows of the given heights. */
export function rowEdges(heights: readonly number[]): Float64Array {
  const edges = new Float64Array(heights.length + 1)
  for (const [at, height] of heights.entries()) edges[at + 1] = (edges[at] ?? 0) + height
  return edges
}

/** The distance of a row from the first one, in pixels; that of the row behind the last is the height of all. */
export function topOfRow({ edges, open }: RowLayout, row: number): number {
  return (edges[row] ?? 0) + (open !== null && row > open.at ? open.height : 0)
}

/** The row that covers a distance from the first one; the nearest one beyond the ends. */
export function rowAtTop(layout: RowLayout, top: number): number {
  let from = 0
  let to = layout.edges.length - 2
  while (from < to) {
    const middle = Math.ceil((from + to) / 2)
    if (topOfRow(layout, middle) <= top) from = middle
    else to = middle - 1
  }
  return from
}

/** The rows to draw, last exclusive, for what is in view, with a few beyond each edge. */
export function rowsInView(layout: RowLayout, top: number, height: number): { first: number; last: number } {
  const beyond = 8
  const count = layout.edges.length - 1
  return {
    first: Math.max(0, rowAtTop(layout, top) - beyond),
    last: Math.min(count, rowAtTop(layout, top + height) + 1 + beyond),
  }
}
