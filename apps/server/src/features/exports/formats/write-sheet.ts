import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { cellText, type DuckDbSession } from '#features/executions/index.ts'
import type { ExportColumn } from './export-columns.ts'
import { ExportImpossible } from './export-impossible.ts'
import { escapeText, sheetEnd, sheetStart, workbookParts } from './sheet-parts.ts'

/** Characters of one cell, by Excel's specification. */
const longestCell = 32_767

/** Writes an Office Open XML workbook with one sheet, streamed. Numbers, days and times are typed; texts are written as inline
 *  strings, which no spreadsheet runs as a formula. */
export async function writeSheet(
  duck: DuckDbSession,
  from: string,
  given: readonly ExportColumn[],
  target: string,
): Promise<void> {
  const columns = await withOldDaysAsText(duck, from, given)
  const zip = new ZipFile()
  for (const [path, content] of Object.entries(workbookParts)) zip.addBuffer(Buffer.from(content), path)
  const rows = Readable.from(sheet(duck, from, columns))
  zip.addReadStream(rows, 'xl/worksheets/sheet1.xml')
  zip.end()
  // Both learn of a fault: the archive ends with its rows, and rows that nobody writes any more are not read on.
  const output = zip.outputStream
  if (!(output instanceof Readable)) throw new Error('yazl answers a stream of another kind')
  rows.on('error', (error) => output.destroy(error))
  output.on('close', () => rows.destroy())
  await pipeline(output, createWriteStream(target))
}

/** Excel counts days wrongly before March 1900: a column that has such days is text. */
async function withOldDaysAsText(duck: DuckDbSession, from: string, columns: readonly ExportColumn[]) {
  const days = columns.filter(({ kind }) => kind === 'date' || kind === 'time')
  if (days.length === 0) return columns
  const [old = []] = await duck.rows(
    `select ${days.map(({ field }) => `cast(coalesce(min(${field}) < date '1900-03-01' or max(${field}) > date '9999-12-31', false) as varchar)`).join(', ')} from ${from}`,
  )
  const asText = new Set(days.filter((_, at) => old[at] === 'true'))
  return columns.map((column): ExportColumn =>
    asText.has(column) ? { ...column, field: cellText(column.field, column.stored), kind: 'text' } : column,
  )
}

async function* sheet(duck: DuckDbSession, from: string, columns: readonly ExportColumn[]): AsyncGenerator<string> {
  yield sheetStart
  yield `<row>${columns.map(({ name }) => textCell(name, name)).join('')}</row>`
  const cells = columns.map(({ field, kind }) => serial[kind](field))
  for await (const rows of duck.chunks(`select ${cells.join(', ')} from ${from}`))
    yield rows.map((row) => `<row>${columns.map((column, at) => cell(column, row[at])).join('')}</row>`).join('')
  yield sheetEnd
}

/** The SQL of a value as a sheet holds it, as text: days are counted from the last of 1899. */
const serial: Record<ExportColumn['kind'], (field: string) => string> = {
  text: (field) => field,
  number: (field) => `cast(${field} as varchar)`,
  boolean: (field) => `case ${field} when true then '1' when false then '0' end`,
  date: (field) => `cast(date_diff('day', date '1899-12-30', ${field}) as varchar)`,
  time: (field) => `cast(epoch_ms(${field}) / 86400000.0 + 25569 as varchar)`,
}

/** What stands before the value of a typed cell; the numbers are places in the styles of `workbookParts`. */
const opening = {
  number: '<c><v>',
  boolean: '<c t="b"><v>',
  date: '<c s="1"><v>',
  time: '<c s="2"><v>',
} as const

function cell({ kind, name }: ExportColumn, value: unknown): string {
  if (typeof value !== 'string') return '<c/>'
  return kind === 'text' ? textCell(value, name) : `${opening[kind]}${value}</v></c>`
}

function textCell(text: string, column: string): string {
  if (text.length > longestCell)
    throw new ExportImpossible(
      `A cell of Excel holds ${longestCell} characters, and ${column} has a value of ${text.length}; CSV and Parquet hold it`,
    )
  return `<c t="inlineStr"><is><t xml:space="preserve">${escapeText(text)}</t></is></c>`
}
