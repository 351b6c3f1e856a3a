import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { oneExecution, ResultColumn } from './executions.ts'

/** A cell is the exact text of the value, so that long ids and decimals keep every digit; null is NULL. */
export const Cell = z.string().nullable()

/** One key of an order. NULL stands last in both directions; rows with equal keys keep the order that AMC gave them. */
export const ResultSort = z.strictObject({ column: z.string(), direction: z.enum(['asc', 'desc']) })
export type ResultSort = z.infer<typeof ResultSort>

/** `contains` and `starts-with` disregard case; `not-equals` keeps NULL. */
export const valueOperators = [
  'equals',
  'not-equals',
  'contains',
  'starts-with',
  'less',
  'at-most',
  'greater',
  'at-least',
] as const
export const nullOperators = ['is-null', 'is-not-null'] as const

/** A condition on one column; all conditions of a request must hold. */
export const ResultFilter = z.union([
  z.strictObject({ column: z.string(), operator: z.enum(valueOperators), value: z.string().max(1000) }),
  z.strictObject({ column: z.string(), operator: z.enum(nullOperators) }),
])
export type ResultFilter = z.infer<typeof ResultFilter>
export type ResultOperator = ResultFilter['operator']

/** What the values of a column are, which decides how they are compared and what can be asked of them. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'date' | 'time'

/** The operators that a kind of value answers to. */
export const operatorsOf: Readonly<Record<ValueKind, readonly ResultOperator[]>> = {
  text: ['contains', 'starts-with', 'equals', 'not-equals', ...nullOperators],
  number: ['equals', 'not-equals', 'less', 'at-most', 'greater', 'at-least', ...nullOperators],
  boolean: ['equals', 'not-equals', ...nullOperators],
  date: ['equals', 'not-equals', 'less', 'at-most', 'greater', 'at-least', ...nullOperators],
  time: ['equals', 'not-equals', 'less', 'at-most', 'greater', 'at-least', ...nullOperators],
}

/** The kind of AMC's type; arrays, rows and types that nobody knows are text. */
export function valueKindOf(dataType: string): ValueKind {
  if (/^(BYTE|SHORT|INTEGER|LONG|FLOAT|DOUBLE|DECIMAL)\b/.test(dataType)) return 'number'
  if (dataType === 'BOOLEAN') return 'boolean'
  if (dataType === 'DATE') return 'date'
  return dataType === 'TIMESTAMP' ? 'time' : 'text'
}

/** A value in the query of an address as JSON text. */
export function jsonQuery<T extends z.ZodType>(schema: T, description: string) {
  return z
    .string()
    .max(20_000)
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        context.addIssue('must be JSON')
        return z.NEVER
      }
    })
    .pipe(schema)
    .describe(description)
}

export const filterQuery = jsonQuery(
  z.array(ResultFilter).max(50),
  'JSON: [{"column","operator","value"}], all of which must hold',
).optional()

/** What AMC filtered in a row, or null. */
export const RowMark = z.object({ reason: z.string().nullable(), users: z.string().nullable() }).nullable()

export const ResultPage = z.object({
  columns: z.array(ResultColumn),
  rows: z.array(z.array(Cell)),
  /** For each row: what AMC filtered in it, or null. Empty when AMC was not asked to say. */
  marks: z.array(RowMark),
  offset: z.number().int().nonnegative(),
  /** Rows of the whole result. */
  rowCount: z.number().int().nonnegative(),
  /** Rows that the filter leaves, through which the offset counts. */
  matchingCount: z.number().int().nonnegative(),
})
export type ResultPage = z.infer<typeof ResultPage>

export const getResults = endpoint({
  method: 'GET',
  path: '/api/executions/:executionId/results',
  summary: 'Rows of the stored result, sorted and filtered as asked',
  tag: 'executions',
  limit: 'frequent',
  role: 'viewer',
  params: oneExecution,
  query: z.strictObject({
    offset: z.coerce.number().int().nonnegative().default(0),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
    sort: jsonQuery(z.array(ResultSort).max(5), 'JSON: [{"column","direction":"asc"|"desc"}]').optional(),
    filter: filterQuery,
    columns: jsonQuery(
      z.array(z.string()).min(1).max(1000),
      'JSON: names of the columns to answer; absent: all',
    ).optional(),
  }),
  ok: { status: 200, body: ResultPage },
  problems: [
    'execution-not-found',
    'results-not-ready',
    'results-lost',
    'results-past-retention',
    'results-query-refused',
  ],
})

export const ColumnStatistics = z.object({
  column: ResultColumn,
  /** Rows looked at: those that the filter leaves. */
  count: z.number().int().nonnegative(),
  nulls: z.number().int().nonnegative(),
  distinct: z.number().int().nonnegative(),
  min: Cell,
  max: Cell,
  /** Of numbers; exact for whole numbers and decimals. */
  sum: Cell,
  mean: Cell,
  /** The most frequent values, at most 20. A text of more than 200 characters is cut at 200 and says so. */
  top: z.array(z.object({ value: z.string(), isCut: z.boolean(), count: z.number().int().positive() })),
  /** Of numbers: equal steps from the smallest to the largest value; the last step holds its upper end. */
  histogram: z.array(z.object({ from: z.number(), to: z.number(), count: z.number().int().nonnegative() })),
})
export type ColumnStatistics = z.infer<typeof ColumnStatistics>

export const getColumnStatistics = endpoint({
  method: 'GET',
  path: '/api/executions/:executionId/results/statistics',
  summary: 'What the values of one column of a stored result are',
  tag: 'executions',
  role: 'viewer',
  params: oneExecution,
  query: z.strictObject({ column: z.string(), filter: filterQuery }),
  ok: { status: 200, body: ColumnStatistics },
  problems: [
    'execution-not-found',
    'results-not-ready',
    'results-lost',
    'results-past-retention',
    'results-query-refused',
  ],
})

/** A column whose values are amounts of money, all in this unit of the currency of their row. */
export const MoneyColumn = z.object({ column: z.string(), unit: z.enum(['microcents', 'millicents', 'currency']) })
export type MoneyColumn = z.infer<typeof MoneyColumn>

export const getMoneyColumns = endpoint({
  method: 'GET',
  path: '/api/executions/:executionId/results/money-columns',
  role: 'viewer',
  summary: 'Which columns surely hold money, and in which unit, as follows from the query and the catalogue',
  tag: 'executions',
  params: oneExecution,
  ok: { status: 200, body: z.object({ items: z.array(MoneyColumn) }) },
  problems: ['execution-not-found'],
})
