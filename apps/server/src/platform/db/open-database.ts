import type { Db } from './tables.ts'

/** A row of a raw statement. */
export type RawRow = Record<string, unknown>

/** Statements without types, for the schema itself. */
export interface RawSql {
  query(sql: string, parameters?: readonly unknown[]): Promise<RawRow[]>
  /** Runs a text of several statements. */
  script(sql: string): Promise<void>
}

/** An open database of either kind; values have equal types on both. */
export interface OpenedDatabase {
  readonly kind: 'embedded' | 'postgresql'
  readonly db: Db
  /** For migrations: one transaction per call. */
  transaction<T>(work: (sql: RawSql) => Promise<T>): Promise<T>
  /** The whole embedded database, gzipped; null on PostgreSQL, which has its own backups. */
  dump(): Promise<Blob | null>
  close(): Promise<void>
}
