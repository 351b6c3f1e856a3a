import { z } from 'zod'
import { TemplateParameter, templateParameterValue } from './template-parameter.ts'

const Text = z.string().regex(/\S/, 'must not be empty')
const Name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be lower-case letters, digits and underscores')
const Moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/, 'must be like 2026-01-31T00:00:00')

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
const Cell = z.union([Scalar, z.array(z.union([Scalar, z.array(Scalar)]))])

/** Rows as people write them: a line of names, then a line for each row. */
export const TestRows = z
  .strictObject({ columns: z.array(Name).min(1), rows: z.array(z.array(Cell)) })
  .check(({ value, issues }) => {
    for (const [at, row] of value.rows.entries())
      if (row.length !== value.columns.length)
        issues.push({
          code: 'custom',
          input: row,
          path: ['rows', at],
          message: `has ${row.length} cells for ${value.columns.length} columns`,
        })
  })
export type TestRows = z.infer<typeof TestRows>

/** The window of a test that names none. */
export const testWindow = { start: '2026-01-01T00:00:00', end: '2026-02-01T00:00:00' }

/** One expectation of a query: with these rows in AMC's tables, it answers with those. */
export const QueryTest = z.strictObject({
  /** What holds, as a sentence. */
  name: Text,
  /** Values of the parameters; those left out have their defaults. */
  values: z.record(z.string(), templateParameterValue).exactOptional(),
  /** In UTC, the end exclusive; January 2026 where it is left out. */
  window: z.strictObject({ start: Moment, end: Moment }).exactOptional(),
  /**
   * Rows by table. A column that is left out is NULL, the time by which the window cuts a table is the start of the window then;
   * a table that is left out is empty.
   */
  given: z.record(Name, TestRows),
  /** Every row of the result, in any order. Columns that are left out are not compared. */
  expected: TestRows,
})
export type QueryTest = z.infer<typeof QueryTest>

/** The file `<query>.tests.json` beside `<query>.sql`. */
export const QueryTestFile = z.strictObject({
  /** The parameters of a query that no `<query>.json` describes; without them the query's own text tells their types. */
  parameters: z.array(TemplateParameter).exactOptional(),
  tests: z.array(QueryTest).min(1),
})
export type QueryTestFile = z.infer<typeof QueryTestFile>
