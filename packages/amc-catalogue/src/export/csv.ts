/**
 * Rows as CSV (RFC 4180). A cell that a spreadsheet could take for a formula has a quote `'` before it, and so has a cell that begins
 * with a quote itself: take one leading quote away, and every cell is what it was.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map((cell) => quoted(harmless(cell))).join(',')}\r\n`).join('')
}

/** White space before the sign does not keep a spreadsheet from calculating; the full-width signs count as well. */
const couldCalculate = /^(\s*[=+\-@＝＋－＠]|[\t\r\n'])/

export function harmless(cell: string): string {
  return couldCalculate.test(cell) ? `'${cell}` : cell
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
