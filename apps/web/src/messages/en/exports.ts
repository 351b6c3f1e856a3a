import type { ExportFormat } from '@recomamp/contracts'

export const exports = {
  open: (rows: string) => `Download all ${rows}`,
  provenance: 'Provenance (JSON)',
  provenanceHelp:
    'Where the rows come from: query, SQL, values, window, ids, hashes. Parquet files hold it themselves.',
  title: 'Download the whole result',
  format: 'Format',
  formats: {
    csv: 'CSV',
    xlsx: 'Excel (XLSX)',
    json: 'JSON',
    ndjson: 'NDJSON, one row a line',
    parquet: 'Parquet',
  } satisfies Record<ExportFormat, string>,
  fits: {
    csv: 'For spreadsheets and most programs.',
    xlsx: 'Numbers and days typed, long ids as text.',
    json: 'One array, for small results.',
    ndjson: 'For programs that read row by row.',
    parquet: 'Smallest, with every type; for DuckDB, Python, Spark.',
  } satisfies Record<ExportFormat, string>,
  tooManyRows: (most: string, has: string) => `A sheet holds ${most} rows and this result has ${has}.`,
  keepsFormulas: 'Keep texts that begin like a formula as they are',
  keepsFormulasHelp: 'Otherwise an apostrophe stands before them, because a spreadsheet would run them.',
  make: 'Make the file',
  files: 'Files',
  queued: 'Waits for its turn',
  running: (rows: string, seconds: string) => `Writing ${rows}, ${seconds}`,
  ready: (rows: string, size: string) => `${rows}, ${size}`,
  expires: (when: string) => `kept until ${when}`,
  withFormulas: 'formulas kept',
  download: 'Download',
  downloadFile: (name: string) => `Download ${name}`,
  again: 'Try again',
  failed: (why: string) => `Not made: ${why}`,
  loading: 'Files of this result',
}
