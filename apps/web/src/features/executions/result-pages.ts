/** Rows that are fetched at once. */
export const rowsPerPage = 100

/** The pages that hold the rows, last exclusive. */
export function pagesOf(first: number, last: number): number[] {
  const from = Math.floor(first / rowsPerPage)
  const to = Math.max(from, Math.ceil(last / rowsPerPage) - 1)
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}
