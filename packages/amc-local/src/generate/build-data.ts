import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { baseFile } from './base/base-file.ts'
import { chanceStatements } from './chance.ts'
import { families, type Family } from './families.ts'
import type { GenerationPlan } from './plan.ts'
import { literal } from './sql-text.ts'
import { viewStatements } from './view-plan.ts'

/** Which file to build: the base, or a family of further tables on top of a finished base. */
export type Part = { base: true } | { family: Family; baseFile: string }

/**
 * Writes one file of the synthetic data set as a new DuckDB file. The same plan gives the same rows. An abort interrupts the
 * statement that runs; the file is then worthless.
 */
export async function buildData(file: string, plan: GenerationPlan, part: Part, signal?: AbortSignal): Promise<void> {
  const instance = await DuckDBInstance.create(file, { memory_limit: '2GB' })
  const connection = await instance.connect()
  const interrupt = () => connection.interrupt()
  signal?.addEventListener('abort', interrupt)
  const run = async (statement: string): Promise<void> => {
    signal?.throwIfAborted()
    await connection.run(statement)
  }
  const content = 'family' in part ? families[part.family] : baseFile
  try {
    if ('family' in part) await run(`ATTACH ${literal(part.baseFile)} AS base (READ_ONLY)`)
    for (const statement of chanceStatements(plan)) await run(statement)
    for (const statement of content.statements(plan)) await run(statement)
    for (const statement of viewStatements(content.views, await storedColumns(connection))) await run(statement)
    await run('CHECKPOINT')
  } finally {
    signal?.removeEventListener('abort', interrupt)
    connection.closeSync()
    instance.closeSync()
  }
}

async function storedColumns(connection: DuckDBConnection): Promise<Map<string, Set<string>>> {
  const reader = await connection.runAndReadAll(
    `SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'store' AND database_name = current_database()`,
  )
  const tables = new Map<string, Set<string>>()
  for (const [table, column] of reader.getRows()) {
    const columns = tables.get(String(table)) ?? new Set()
    tables.set(String(table), columns.add(String(column)))
  }
  return tables
}
