import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import type { Column, Schema } from '../src/index.ts'
import { lower, type LowerOptions } from '../src/lower/lower.ts'
import { duckType } from '../src/lower/duck-types.ts'
import { columnType } from '../src/resolve/types.ts'

export type Row = Record<string, unknown>

/** The window of every query here, and a day inside it. */
export const window = { start: '2026-05-01T00:00:00', end: '2026-06-01T00:00:00' }

/** An empty database in memory with the tables of a schema, as the local engine has them. */
export async function openDatabase(schema: Schema): Promise<Database> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(`ATTACH ':memory:' AS synthetic`)
  // As the local engine has it.
  await connection.run(`SET GLOBAL disabled_optimizers = 'top_n_window_elimination'`)
  for (const table of schema.tables) {
    const columns = table.columns.map((column) => `"${column.name}" ${duckType(columnType(column))}`)
    await connection.run(`CREATE TABLE synthetic.main."${table.name}" (${columns.join(', ')})`)
  }
  return new Database(schema, instance, connection)
}

export class Database {
  readonly schema: Schema
  readonly #instance: DuckDBInstance
  readonly #connection: DuckDBConnection

  constructor(schema: Schema, instance: DuckDBInstance, connection: DuckDBConnection) {
    this.schema = schema
    this.#instance = instance
    this.#connection = connection
  }

  /** Puts three rows into each table: one of plain values, one of others, one of NULLs. */
  async fillSamples(): Promise<void> {
    for (const table of this.schema.tables)
      for (const row of [0, 1, 2])
        await this.sql(
          `INSERT INTO synthetic.main."${table.name}" VALUES (${table.columns.map((column) => sample(column, row)).join(', ')})`,
        )
  }

  /** Runs DuckDB SQL as it is. */
  async sql(text: string): Promise<Row[]> {
    const result = await this.#connection.runAndReadAll(text)
    return result.getRowObjectsJson()
  }

  /** Lowers AMC SQL and runs it; fails with the findings where it cannot be lowered. */
  async amc(text: string, options: Partial<LowerOptions> = {}): Promise<Row[]> {
    const lowered = lower(text, { schema: this.schema, window, privacy: null, ...options })
    if (!lowered.ok) throw new Error(lowered.diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'))
    try {
      return await this.sql(lowered.sql)
    } catch (cause) {
      throw new Error(`${String(cause)}\n${lowered.sql}`, { cause })
    }
  }

  close(): void {
    this.#connection.closeSync()
    this.#instance.closeSync()
  }
}

function sample({ name, type }: Column, row: number): string {
  if (row === 2) return 'NULL'
  if (name === 'user_id') return String(row + 1)
  switch (type) {
    case 'STRING':
      return row === 0 ? "'a'" : "'it''s 12'"
    case 'DATE':
      return row === 0 ? "DATE '2026-05-04'" : "DATE '2026-05-30'"
    case 'TIMESTAMP':
      return row === 0 ? "TIMESTAMP '2026-05-04 10:00:00'" : "TIMESTAMP '2026-05-30 23:59:59'"
    case 'BOOLEAN':
      return row === 0 ? 'TRUE' : 'FALSE'
    case 'ARRAY':
      return row === 0 ? '[]' : '[1, 2]'
    default:
      return row === 0 ? '0' : '3'
  }
}
