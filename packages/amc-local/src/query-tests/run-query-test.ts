import { type QueryTest, testWindow } from '@recomamp/amc-catalogue/model'
import { loadSchema, type Schema } from '@recomamp/amc-catalogue/schema'
import {
  bind,
  type CustomParameter,
  type Diagnostic,
  type ParameterDeclaration,
  toTemplateRange,
} from '@recomamp/amc-sql'
import { lower } from '@recomamp/amc-sql/lower'
import { openLocked } from '../engine/box.ts'
import { toLocalValue } from '../engine/local-value.ts'
import type { LocalValue } from '../engine/protocol.ts'
import { FixtureFault, fixtureStatements } from './fixture-tables.ts'
import { absentColumns, differenceOf, type RowDifference } from './same-rows.ts'

export interface TestedQuery {
  sql: string
  declarations: readonly ParameterDeclaration[]
  /** The parameters among them that the query leaves to AMC, as AMC takes them. */
  customParameters?: readonly CustomParameter[]
}

export type TestOutcome =
  | { kind: 'passed' }
  /** The rows are others than expected. */
  | ({ kind: 'differs' } & RowDifference)
  /** The test speaks of a table, a column or a value that does not exist. */
  | { kind: 'fixture'; message: string }
  /** The language refuses the query; places are those of its text. */
  | { kind: 'refused'; diagnostics: Diagnostic[] }
  /** The query did not come to its end. */
  | { kind: 'failed'; message: string }

const timeLimitMs = 10_000

/**
 * Runs a query on the rows of a test, with the privacy rules off, and compares what comes out with what the test expects. Nothing
 * outside is read; the tables are those of the catalogue.
 */
export async function runQueryTest(
  query: TestedQuery,
  test: QueryTest,
  schema: Schema = loadSchema(),
): Promise<TestOutcome> {
  const stray = Object.keys(test.given).find((name) => !schema.tables.some((table) => table.name === name))
  if (stray !== undefined) return { kind: 'fixture', message: `${stray} is no table of the catalogue` }
  const { window = testWindow, values = {} } = test
  const bound = bind(query.sql, query.declarations, values)
  if (!bound.ok) return { kind: 'refused', diagnostics: bound.diagnostics }
  const lowered = lower(bound.text, {
    schema,
    window,
    privacy: null,
    parameterValues: values,
    customParameters: query.customParameters ?? [],
  })
  if (!lowered.ok) {
    const diagnostics = lowered.diagnostics.map((one) => ({ ...one, ...toTemplateRange(bound.sourceMap, one) }))
    return { kind: 'refused', diagnostics }
  }
  const absent = absentColumns(lowered.columns, test.expected)
  if (absent.length > 0) return { kind: 'fixture', message: `The result has no column ${absent.join(', ')}` }
  const tables = schema.tables.filter(({ name }) => lowered.tables.includes(name))
  try {
    const rows = await runOn(fixtureStatements(tables, test.given, window.start), lowered.sql)
    const difference = differenceOf(lowered.columns, rows, test.expected)
    return difference === null ? { kind: 'passed' } : { kind: 'differs', ...difference }
  } catch (error) {
    if (error instanceof FixtureFault) return { kind: 'fixture', message: error.message }
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}

async function runOn(statements: ReturnType<typeof fixtureStatements>, sql: string): Promise<LocalValue[][]> {
  const instance = await openLocked(
    async (connection) => {
      await connection.run(`ATTACH ':memory:' AS synthetic`)
      for (const { table, statement } of statements)
        await connection.run(statement).catch((cause: unknown) => {
          throw new FixtureFault(`${table}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
        })
    },
    { threads: '1' },
  )
  const connection = await instance.connect()
  const limit = setTimeout(() => connection.interrupt(), timeLimitMs)
  try {
    const result = await connection.runAndReadAll(sql)
    return result.getRows().map((row) => row.map(toLocalValue))
  } finally {
    clearTimeout(limit)
    connection.closeSync()
    instance.closeSync()
  }
}
