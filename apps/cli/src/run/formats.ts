import { csvWriter } from './csv-writer.ts'
import { jsonWriter } from './json-writer.ts'
import type { ResultWriter } from './result-writer.ts'
import { tableWriter } from './table-writer.ts'

/** How a result can be printed. */
export const formats: Readonly<Record<string, () => ResultWriter>> = {
  csv: csvWriter,
  json: jsonWriter,
  table: tableWriter,
}
