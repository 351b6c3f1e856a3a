/** The schema as `amc-sql` takes it; spelled here too, because the catalogue imports no other package. */
export interface Schema {
  tables: readonly Table[]
}

export interface Table {
  name: string
  title: string
  category: string
  description: string
  kind: 'fact' | 'dimension' | null
  /** The column that the execution's window filters; null for dimensions. */
  timeColumn: string | null
  audience: boolean
  columns: readonly Column[]
  legacyColumns: readonly string[]
  /** The present column in the place of an old one, where it is known. */
  replacements?: Readonly<Record<string, string>>
}

export interface Column {
  name: string
  type: ColumnType | null
  typeDetail?: string
  role: 'dimension' | 'metric' | null
  threshold: Threshold | null
  unit?: Unit
  /** Values met in public sources; a column may hold others. */
  values?: readonly string[]
  description: string
}

export const columnTypes = [
  'STRING',
  'INTEGER',
  'LONG',
  'DECIMAL',
  'DOUBLE',
  'FLOAT',
  'BOOLEAN',
  'DATE',
  'TIMESTAMP',
  'ARRAY',
] as const
export type ColumnType = (typeof columnTypes)[number]

const wholeNumbers: ReadonlySet<ColumnType> = new Set(['INTEGER', 'LONG'])

/** Whether values of the two types can be equal: whole numbers of any width, or the same type. */
export function joinable(one: ColumnType, other: ColumnType): boolean {
  return one === other || (wholeNumbers.has(one) && wholeNumbers.has(other))
}

export const thresholds = ['NONE', 'LOW', 'MEDIUM', 'HIGH', 'VERY_HIGH', 'INTERNAL'] as const
export type Threshold = (typeof thresholds)[number]

export const units = ['microcents', 'millicents', 'currency', 'seconds', 'hours', 'unitless'] as const
export type Unit = (typeof units)[number]
