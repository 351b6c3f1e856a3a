import { format } from '@recomamp/amc-sql/format'
import { printable, textWidth } from '../command-line/text.ts'
import type { ExplainedColumn, Explanation, RowThreshold } from './explanation.ts'
import type { TableRead } from './table-reads.ts'

/** An explanation for people. */
export function explanationText(
  { columns, tables, parameters, privacy }: Explanation,
  { window, sql }: { window: string; sql: string | null },
): string {
  const sections: [string, string[]][] = [
    ['Columns', aligned(columns.map(columnCells))],
    ['Tables', aligned(tables.map((table) => [table.name, windowOf(table, window)]))],
    ['Parameters', aligned(parameters.map(({ written, type, list }) => [written, list ? `list of ${type}` : type]))],
    ['Rows', [rowsText(privacy)]],
    ['DuckDB SQL', sql === null ? [] : format(sql).trimEnd().split('\n')],
  ]
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `${title}\n${lines.map((line) => `  ${printable(line)}\n`).join('')}`)
    .join('\n')
}

function columnCells({ name, type, precision, scale, elementType, class: threshold, origins }: ExplainedColumn) {
  const digits = precision === undefined ? '' : `(${precision}, ${scale})`
  const element = elementType === undefined ? '' : ` of ${elementType}`
  return [name, `${type}${digits}${element}`, threshold, originsText(origins)]
}

function originsText(origins: ExplainedColumn['origins']): string {
  if (origins.length === 0) return 'from no column'
  return `from ${origins
    .map(({ table, column, through }) => {
      const way = through.map((step) => `${step.column} in ${step.relation === '' ? 'a query' : step.relation}`)
      return `${table}.${column}${way.length === 0 ? '' : ` through ${way.join(', ')}`}`
    })
    .join('; ')}`
}

function windowOf({ timeColumn, extended }: TableRead, window: string): string {
  if (timeColumn === null) return 'whole, whatever the time window is'
  const wider = extended === null ? '' : `, widened by ${extended.back} back and ${extended.ahead} ahead`
  return `${timeColumn} in ${window}${wider}`
}

function rowsText({ usersNeeded, because }: RowThreshold): string {
  if (usersNeeded === null) return `No row can be shown: AMC never shows ${because.join(', ')}`
  if (usersNeeded === 1) return 'Every row is shown: no column asks for more than one user'
  return `A row is shown when at least ${usersNeeded} different users stand behind it, because of ${because.join(', ')}`
}

/** Cells below each other, the last one as long as it is. */
function aligned(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => textWidth(row[at] ?? ''))))
  return rows.map((row) =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : cell + ' '.repeat((widths[at] ?? 0) - textWidth(cell))))
      .join('  '),
  )
}
