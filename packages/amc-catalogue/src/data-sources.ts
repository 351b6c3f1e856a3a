import { readFileSync, readdirSync } from 'node:fs'
import type { ColumnType, Threshold, Unit } from './schema.ts'

/** One file of `data-sources/`: a table of AMC as public documentation describes it. */
export interface DataSource {
  /** Table name as written in SQL. */
  name: string
  title: string
  category: string
  description: string
  kind: 'fact' | 'dimension'
  /** The column that the execution's window filters; null for dimensions and where no page says. */
  timeColumn: string | null
  /** Name of the table with the same columns that audience queries read, or null when none is documented. */
  audienceVariant: string | null
  /** True for tables that Amazon has switched off. */
  deprecated?: boolean
  availability: string
  lookbackNote: string | null
  joinKeys: string[]
  tags: string[]
  /** The table whose columns are repeated here. */
  inheritsFrom?: string
  notes?: string
  /** Empty where only the table's name is public. */
  fields: Field[]
  /** Names met in older or secondary sources only; they are no part of the table. */
  legacyFields: LegacyField[]
  sources: string[]
}

export interface Field {
  name: string
  dataType: ColumnType
  /** Precision or element type where documented: `DECIMAL(38,4)`, `ARRAY<LONG>`. */
  typeDetail?: string
  columnType: 'dimension' | 'metric'
  /** The source gives no column type, or one that contradicts the data type. */
  columnTypeInferred?: true
  aggregationThreshold: Threshold
  description: string
  /** null = not documented. */
  nullable: boolean | null
  isArray: boolean
  examples?: unknown[]
  /** Values seen in public sources; not guaranteed to be complete. */
  knownValues?: string[]
  unit?: Unit
  populatedFor?: string
  /** Set when only the newer documentation snapshot has the column. */
  since?: string
}

export interface LegacyField {
  name: string
  dataType: ColumnType | null
  aggregationThreshold: Threshold | null
  note: string
}

const folder = new URL('../data-sources/', import.meta.url)

let files: readonly DataSource[] | undefined

/** Every data source file, sorted by name, retired tables included; read once per process. `data-sources.test.ts` holds the files to this form. */
export function readDataSources(): readonly DataSource[] {
  files ??= readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file): DataSource => JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
  return files
}
