/** What the language knows of an instance's data: handed in, never loaded here. */
export interface Schema {
  tables: readonly Table[]
}

export interface Table {
  /** As written in SQL, lower case. */
  name: string
  title: string
  category: string
  description: string
  /** FACT tables follow the time window, DIMENSION tables ignore it; null: Amazon does not say, as of uploads. */
  kind: 'fact' | 'dimension' | null
  /** The column that the execution's window filters; null for dimensions and where it is not known. */
  timeColumn: string | null
  /** True for the `_for_audiences` twins. */
  audience: boolean
  columns: readonly Column[]
  /** Names met only in older sources: a use warns instead of failing. */
  legacyColumns: readonly string[]
  /** The present column in the place of an old one, where it is known. */
  replacements?: Readonly<Record<string, string>>
}

export interface Column {
  name: string
  /** null: Amazon does not say, which happens to tables that only an instance has. */
  type: ColumnType | null
  /** Precision, scale or element type where documented: `DECIMAL(38,4)`, `ARRAY<LONG>`. */
  typeDetail?: string
  role: 'dimension' | 'metric' | null
  /** null: neither the catalogue nor Amazon says, as of all uploads. */
  threshold: Threshold | null
  unit?: Unit
  /** Values met in public sources, for completion; a column may hold others. */
  values?: readonly string[]
  description: string
}

export type ColumnType =
  | 'STRING'
  | 'INTEGER'
  | 'LONG'
  | 'DECIMAL'
  | 'DOUBLE'
  | 'FLOAT'
  | 'BOOLEAN'
  | 'DATE'
  | 'TIMESTAMP'
  | 'ARRAY'

/** Amazon's aggregation threshold of a column, from harmless to never shown. */
export type Threshold = 'NONE' | 'LOW' | 'MEDIUM' | 'HIGH' | 'VERY_HIGH' | 'INTERNAL'

export type Unit = 'microcents' | 'millicents' | 'currency' | 'seconds' | 'hours' | 'unitless'

/** Users that a row needs before Amazon shows the value (aggregation-threshold guide); Infinity = never shown. */
export const usersNeeded: Record<Threshold, number> = {
  NONE: 1,
  LOW: 2,
  MEDIUM: 100,
  HIGH: 100,
  VERY_HIGH: Infinity,
  INTERNAL: Infinity,
}
