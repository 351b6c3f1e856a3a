import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { conversionStatements } from './conversions.ts'
import { dimensionStatements } from './dimensions.ts'
import { dspStatements } from './dsp.ts'
import type { GenerationPlan } from './plan.ts'
import { sponsoredStatements } from './sponsored.ts'
import { viewStatements } from './views.ts'

/**
 * Writes the whole synthetic data set into a new DuckDB file. The same plan gives the same rows. An abort interrupts the statement
 * that runs; the file is then worthless.
 */
export async function buildData(file: string, plan: GenerationPlan, signal?: AbortSignal): Promise<void> {
  const instance = await DuckDBInstance.create(file, { memory_limit: '2GB' })
  const connection = await instance.connect()
  const interrupt = () => connection.interrupt()
  signal?.addEventListener('abort', interrupt)
  const run = async (statement: string): Promise<void> => {
    signal?.throwIfAborted()
    await connection.run(statement)
  }
  try {
    for (const statements of [
      dimensionStatements(plan),
      dspStatements(plan),
      sponsoredStatements(plan),
      conversionStatements(),
    ])
      for (const statement of statements) await run(statement)
    for (const statement of viewStatements(await storedColumns(connection))) await run(statement)
    await run('CHECKPOINT')
  } finally {
    signal?.removeEventListener('abort', interrupt)
    connection.closeSync()
    instance.closeSync()
  }
}

async function storedColumns(connection: DuckDBConnection): Promise<Map<string, Set<string>>> {
  const reader = await connection.runAndReadAll(
    `SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'store'`,
  )
  const tables = new Map<string, Set<string>>()
  for (const [table, column] of reader.getRows()) {
    const columns = tables.get(String(table)) ?? new Set()
    tables.set(String(table), columns.add(String(column)))
  }
  return tables
}
