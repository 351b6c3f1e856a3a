import { amcDialect, csvHeader, csvLine } from '@recomamp/amc-local'
import type { ResultWriter } from './result-writer.ts'

/** The text of AMC's own result files. */
export function csvWriter(): ResultWriter {
  return {
    begin: (columns) =>
      csvHeader(
        columns.map(({ name }) => name),
        amcDialect,
      ),
    rows: (batch) => batch.map((row) => csvLine(row, amcDialect)).join(''),
    end: () => '',
  }
}
