/** What a query may contain in a cell, exact and ready for AMC's CSV: see `toLocalValue`. */
export type LocalValue = null | boolean | number | bigint | string | LocalValue[]

/** A DuckDB file with the name under which queries know it. */
export interface AttachedFile {
  database: string
  file: string
}

/** What the query thread needs to open its locked-down DuckDB. */
export interface QueryThreadData {
  /** Open from the start, for every query. */
  base: AttachedFile
  spillFolder: string
}

export type ToQueryThread =
  /** `files`: what the query reads beside the base. */
  | { type: 'start'; id: number; sql: string; files: readonly AttachedFile[]; timeLimitMs: number }
  | { type: 'next'; id: number }
  | { type: 'stop'; id: number }
  | { type: 'close' }

export type FromQueryThread =
  | { type: 'open' }
  | { type: 'started'; id: number }
  | { type: 'batch'; id: number; rows: LocalValue[][] }
  | { type: 'end'; id: number }
  | { type: 'failed'; id: number; reason: 'time-limit' | 'refused' | 'failed'; message: string }
