/** Rows that are fetched at once. */
export const rowsPerPage = 100

/** Columns that are fetched at once: about as many as a screen shows. */
export const columnsPerBlock = 12

/** The pages that hold the rows, last exclusive. */
export function pagesOf(first: number, last: number): number[] {
  return piecesOf(first, last, rowsPerPage)
}

/** Which blocks of columns hold those on screen, last exclusive. */
export function blocksOf(first: number, last: number): number[] {
  return piecesOf(first, last, columnsPerBlock)
}

function piecesOf(first: number, last: number, size: number): number[] {
  const from = Math.floor(first / size)
  const to = Math.max(from, Math.ceil(last / size) - 1)
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/** The blocks of columns that hold those on screen, last exclusive; `start` is the place of a block's first column. Columns of one
 *  name can only be asked for all together, which no names mean. */
export function columnBlocks(
  columns: readonly string[],
  first: number,
  last: number,
): { start: number; names: readonly string[] | null }[] {
  if (new Set(columns).size < columns.length) return [{ start: 0, names: null }]
  return blocksOf(first, Math.min(last, columns.length)).map((block) => {
    const start = block * columnsPerBlock
    return { start, names: columns.slice(start, start + columnsPerBlock) }
  })
}
