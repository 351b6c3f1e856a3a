import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance, type Json } from '@duckdb/node-api'
import { buildData } from '../generate/build-data.ts'
import type { Family } from '../generate/families.ts'
import { planGeneration, type GenerationPlan } from '../generate/plan.ts'

export interface BuiltData {
  rows(sql: string): Promise<Record<string, Json>[]>
  /** The single number that a query gives. */
  number(sql: string): Promise<number>
  /** At most three rows that break a rule; throws where there is no row that could. */
  rowsBreaking(from: string, rule: string): Promise<Record<string, Json>[]>
  close(): void
}

/** The end of daylight saving (2026-11-01) lies inside. */
export const endDay = '2026-11-22'

/** Where the engines of several test files share data that they only read; the files' names say what they depend on. */
export const sharedFolder = join(tmpdir(), 'recomamp-local-data')

/**
 * Builds a data set of its own for a test file; `plan` changes what `small` holds. Tables are named as in AMC, stored ones as
 * `synthetic.store.…` or `synthetic_<family>.store.…`.
 */
export async function buildTestData(
  options: { plan?: Partial<GenerationPlan>; families?: readonly Family[] } = {},
): Promise<BuiltData> {
  const plan = { ...planGeneration({ seed: 1, size: 'small', endDay }), ...options.plan }
  const folder = mkdtempSync(join(tmpdir(), 'recomamp-local-'))
  const baseFile = join(folder, 'base.duckdb')
  await buildData(baseFile, plan, { base: true })
  const files = new Map([['synthetic', baseFile]])
  for (const family of options.families ?? []) {
    const file = join(folder, `${family}.duckdb`)
    await buildData(file, plan, { family, baseFile })
    files.set(`synthetic_${family}`, file)
  }
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  for (const [name, file] of files) await connection.run(`ATTACH '${file}' AS ${name} (READ_ONLY)`)
  await connection.run(`SET search_path = '${[...files.keys()].map((name) => `${name}.main`).join(',')}'`)
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson()
  return {
    rows,
    async number(sql) {
      const [row] = await rows(sql)
      return Number(Object.values(row ?? {})[0])
    },
    async rowsBreaking(from, rule) {
      const some = await rows(`SELECT 1 FROM ${from} LIMIT 1`)
      if (some.length === 0) throw new Error(`There are no rows in ${from}`)
      return rows(`SELECT * FROM ${from} WHERE (${rule}) IS NOT TRUE LIMIT 3`)
    },
    close() {
      connection.closeSync()
      instance.closeSync()
      rmSync(folder, { recursive: true })
    },
  }
}
