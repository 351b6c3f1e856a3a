import type { LocalQuery } from '../../src/open-local-engine.ts'

/** A question to the synthetic data, asked twice: in AMC SQL, and by hand in DuckDB SQL from what the question means. */
export interface Analysis {
  amc: string
  /** Here a plain table name is the table inside the window of the run, `synthetic.<table>` the whole of it. */
  duckdb: string
  window?: LocalQuery['window']
  /** Off where nothing is said. */
  privacy?: LocalQuery['privacy']
  customParameters?: LocalQuery['customParameters']
  parameterValues?: LocalQuery['parameterValues']
  /** The query says in which order the rows come. */
  ordered?: true
}

/** By the title of the use case. */
export type Analyses = Readonly<Record<string, Analysis>>

/** Daylight saving ends in London inside, in the United States with its end. */
export const october = { start: '2026-10-01T00:00:00', end: '2026-11-01T00:00:00' }
