import type { LocalValue } from '@recomamp/amc-local'
import type { OutputColumn } from '@recomamp/amc-sql'
import { printable, textWidth } from '../command-line/text.ts'
import type { ResultWriter } from './result-writer.ts'

const numbers: ReadonlySet<string> = new Set(['BYTE', 'SHORT', 'INTEGER', 'LONG', 'DECIMAL', 'FLOAT', 'DOUBLE'])

/** Rows that are held back until the columns' widths are known. */
const rowsForWidths = 1000

/** Columns below each other for people. The first rows decide how wide they are; a later cell that is wider pushes its row aside. */
export function tableWriter(): ResultWriter {
  let columns: readonly OutputColumn[] = []
  let widths: number[] | null = null
  const held: string[][] = []
  const names = () => columns.map(({ name }) => name.toLowerCase())
  const line = (cells: string[], wide: number[]) =>
    `${cells
      .map((cell, at) => {
        const gap = ' '.repeat(Math.max(0, (wide[at] ?? 0) - textWidth(cell)))
        return numbers.has(columns[at]?.type ?? '') ? gap + cell : cell + gap
      })
      .join('  ')
      .trimEnd()}\n`
  const lines = (rows: readonly string[][], wide: number[]) => rows.map((row) => line(row, wide)).join('')
  const start = (rows: string[][]): string => {
    const wide = names().map((name, at) => Math.max(textWidth(name), ...rows.map((row) => textWidth(row[at] ?? ''))))
    widths = wide
    const rule = wide.map((width) => '─'.repeat(width))
    return line(names(), wide) + line(rule, wide) + lines(rows, wide)
  }
  return {
    begin(given) {
      columns = given
      return ''
    },
    rows(batch) {
      const rows = batch.map((row) => row.map(cellText))
      if (widths !== null) return lines(rows, widths)
      held.push(...rows)
      return held.length < rowsForWidths ? '' : start(held)
    },
    end: () => (widths === null ? start(held) : ''),
  }
}

function cellText(value: LocalValue): string {
  if (value === null) return 'NULL'
  return Array.isArray(value) ? `[${value.map(cellText).join(', ')}]` : printable(String(value))
}
