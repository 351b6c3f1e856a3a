import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { conversionStatements } from './conversions.ts'
import { dimensionStatements } from './dimensions.ts'
import { dspStatements } from './dsp.ts'
import type { GenerationPlan } from './plan.ts'
import { sponsoredStatements } from './sponsored.ts'
import { viewStatements } from './views.ts'

/** Writes the whole synthetic data set into a new DuckDB file. The same plan gives the same rows. */
export async function buildData(file: string, plan: GenerationPlan): Promise<void> {
  const instance = await DuckDBInstance.create(file, { memory_limit: '2GB' })
  try {
    const connection = await instance.connect()
    const tables = [
      ...dimensionStatements(plan),
      ...dspStatements(plan),
      ...sponsoredStatements(plan),
      ...conversionStatements(),
    ]
    for (const statement of tables) await connection.run(statement)
    for (const statement of viewStatements(await storedColumns(connection))) await connection.run(statement)
    await connection.run('CHECKPOINT')
    connection.closeSync()
  } finally {
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
