import type { ExportFormat } from '@recomamp/contracts'
import { cellText, type DuckDbSession, identifier, literal, type ResultLayout } from '#features/executions/index.ts'
import { type ExportColumn, exportColumns, withSafeNumbers } from './export-columns.ts'
import { neutralised, neutralisedName } from './formulas.ts'
import { writeSheet } from './write-sheet.ts'

interface ExportWanted {
  /** The stored file, for a FROM. */
  from: string
  layout: ResultLayout
  format: ExportFormat
  keepsFormulas: boolean
  target: string
  /** Where the rows come from, as JSON: kept in the file where its format has a place for it. */
  provenance: string
}

/** Writes the whole of a stored result as another file, row after row. Ids stay text in every format; throws ExportImpossible. */
export async function writeExport(duck: DuckDbSession, wanted: ExportWanted): Promise<void> {
  const { from, target } = wanted
  const columns = exportColumns(wanted.layout)
  const copy = (shown: readonly string[], options: string) =>
    duck.run(`copy (select ${shown.join(', ')} from ${from}) to ${literal(target)} (${options})`)
  switch (wanted.format) {
    case 'csv':
      return copy(csvFields(columns, wanted.keepsFormulas), `format csv, header, delimiter ',', quote '"', escape '"'`)
    case 'json':
      return copy(jsonFields(await withSafeNumbers(duck, from, columns)), 'format json, array true')
    case 'ndjson':
      return copy(jsonFields(await withSafeNumbers(duck, from, columns)), 'format json, array false')
    case 'parquet':
      return copy(
        columns.map(({ field, name }) => `${field} as ${identifier(name)}`),
        `format parquet, compression zstd, kv_metadata {recomamp_provenance: ${literal(wanted.provenance)}}`,
      )
    case 'xlsx':
      return writeSheet(duck, from, await withSafeNumbers(duck, from, columns), target)
  }
}

function csvFields(columns: readonly ExportColumn[], keepsFormulas: boolean): string[] {
  return columns.map(({ name, field, stored, kind }) => {
    const value = cellText(field, stored)
    return keepsFormulas
      ? `${value} as ${identifier(name)}`
      : `${kind === 'text' ? neutralised(value) : value} as ${identifier(neutralisedName(name))}`
  })
}

/** Numbers and booleans are those of JSON, times are written as AMC writes them. */
function jsonFields(columns: readonly ExportColumn[]): string[] {
  return columns.map(
    ({ name, field, stored, kind }) => `${kind === 'time' ? cellText(field, stored) : field} as ${identifier(name)}`,
  )
}
