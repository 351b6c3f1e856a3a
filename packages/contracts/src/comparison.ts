import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { oneExecution, ResultColumn } from './executions.ts'
import { ExecutionId } from './ids.ts'
import { Cell, jsonQuery } from './results.ts'

/** What happened to a row between two results. */
export const RowChange = z.enum(['changed', 'added', 'removed', 'same'])
export type RowChange = z.infer<typeof RowChange>

export const ComparisonPage = z.object({
  /** The columns by which rows match. */
  keys: z.array(z.string()),
  /** No two rows of a result have the same keys. Otherwise rows with equal keys match in their order. */
  isUnique: z.boolean(),
  /** Every column that both results have, keys among them. */
  columns: z.array(ResultColumn),
  onlyBefore: z.array(z.string()),
  onlyAfter: z.array(z.string()),
  counts: z.record(RowChange, z.number().int().nonnegative()),
  /** Rows of the asked kind with a change of at least the asked size, through which the offset counts. */
  matchingCount: z.number().int().nonnegative(),
  offset: z.number().int().nonnegative(),
  rows: z.array(
    z.object({
      /** One cell for each of `columns`; null where the row is not there. */
      before: z.array(Cell).nullable(),
      after: z.array(Cell).nullable(),
      /** Relative to the value before: 0.25 is a quarter more. Null for what is no number, was nothing or 0, or is a key. */
      changes: z.array(z.number().nullable()),
    }),
  ),
})
export type ComparisonPage = z.infer<typeof ComparisonPage>

/** Made from the stored results of both, whole; the execution of the path is the one after. */
export const compareResults = endpoint({
  method: 'GET',
  path: '/api/executions/:executionId/comparison',
  summary: 'The rows that differ between the results of two executions',
  tag: 'executions',
  limit: 'frequent',
  role: 'viewer',
  params: oneExecution,
  query: z.strictObject({
    /** The execution before. */
    with: ExecutionId,
    /** Absent: the dimensions that both have. */
    keys: jsonQuery(z.array(z.string()).max(100), 'JSON: names of the columns by which rows match').optional(),
    kind: RowChange.default('changed'),
    /** A column by whose change the rows are ordered, largest first; absent: the order of the result. */
    sort: z.string().optional(),
    direction: z.enum(['size', 'up', 'down']).default('size'),
    /** Of changed rows: only those in which a number has changed by so much, 0.01 for a hundredth. */
    least: z.coerce.number().min(0).max(1000).default(0),
    offset: z.coerce.number().int().nonnegative().default(0),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  ok: { status: 200, body: ComparisonPage },
  problems: [
    'execution-not-found',
    'results-not-ready',
    'results-lost',
    'results-past-retention',
    'results-query-refused',
  ],
})
