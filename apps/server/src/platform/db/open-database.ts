import type { Db } from './tables.ts'

/** A row of a raw statement. */
export type RawRow = Record<string, unknown>

/** Statements without types, for the schema itself. */
export interface RawSql {
  query(sql: string, parameters?: readonly unknown[]): Promise<RawRow[]>
  /** Runs a text of several statements. */
  script(sql: string): Promise<void>
}

export interface PoolFigures {
  readonly limit: number
  readonly busy: number
  readonly idle: number
  /** Callers that wait for a connection. */
  readonly waiting: number
}

/** An open database of either kind; values have equal types on both. */
export interface OpenedDatabase {
  readonly kind: 'embedded' | 'postgresql'
  readonly db: Db
  /** For migrations and backups: one transaction per call, over all workspaces. A snapshot only reads, all of it as of one moment. */
  transaction<T>(work: (sql: RawSql) => Promise<T>, how?: { snapshot: boolean }): Promise<T>
  serverRole(): Promise<ServerRole>
  /** The whole embedded database, gzipped; null on PostgreSQL, which has its own backups. */
  dump(): Promise<Blob | null>
  /** How the pool stands; null where there is none. */
  pool(): PoolFigures | null
  close(): Promise<void>
}

/** The role that the server's statements run as. */
export interface ServerRole {
  readonly name: string
  /** Policies do not count for it. */
  readonly isExempt: boolean
}
