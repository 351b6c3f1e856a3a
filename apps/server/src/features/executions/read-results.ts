import {
  type ExecutionId,
  Problem,
  type QueryOf,
  type ReplyOf,
  type WorkspaceId,
  type getChartData,
  type getColumnStatistics,
  type getResults,
} from '@recomamp/contracts'
import { z } from 'zod'
import type { Db } from '#platform/db/tables.ts'
import { moneyColumnsOf } from './money-columns-of.ts'
import { resultColumnOf, ResultLayout } from './results/result-layout.ts'
import { requireColumn } from './results/result-query.ts'
import { type HeldResult, ResultGone, type ResultStore } from './results/result-store.ts'

const StoredFigures = z.object({ layout: ResultLayout })

/** Rows of a stored result by their place in it, or in the order and selection that is asked for. */
export async function readResults(
  db: Db,
  results: ResultStore,
  workspaceId: WorkspaceId,
  executionId: ExecutionId,
  { offset, limit, sort = [], filter = [], columns }: QueryOf<typeof getResults>,
): Promise<ReplyOf<typeof getResults>> {
  const held = await requireResult(db, workspaceId, executionId)
  const page = await whereKept(
    results.readPage(held, offset, limit, { sort, filters: filter, columns: columns ?? null }),
  )
  const shown = columns?.map((name) => requireColumn(held.layout, name)) ?? held.layout
  return {
    columns: shown.filter((column) => column.purpose === 'value').map(resultColumnOf),
    rows: page.rows,
    marks: page.marks,
    offset,
    rowCount: held.rowCount,
    matchingCount: page.matching,
  }
}

/** What the values of one column of a stored result are. */
export async function readStatistics(
  db: Db,
  results: ResultStore,
  workspaceId: WorkspaceId,
  executionId: ExecutionId,
  { column, filter = [] }: QueryOf<typeof getColumnStatistics>,
): Promise<ReplyOf<typeof getColumnStatistics>> {
  const held = await requireResult(db, workspaceId, executionId)
  const statistics = await whereKept(results.readStatistics(held, column, filter))
  return { column: resultColumnOf(requireColumn(held.layout, column)), ...statistics }
}

/** The points of a chart of a stored result. */
export async function readChart(
  db: Db,
  results: ResultStore,
  workspaceId: WorkspaceId,
  executionId: ExecutionId,
  { chart, filter = [] }: QueryOf<typeof getChartData>,
): Promise<ReplyOf<typeof getChartData>> {
  const held = await requireResult(db, workspaceId, executionId)
  const [drawn, money] = await Promise.all([
    whereKept(results.readChart(held, chart, filter)),
    moneyColumnsOf(db, workspaceId, executionId),
  ])
  const units = new Map(money.items.map(({ column, unit }) => [column, unit]))
  return {
    ...drawn,
    measures: drawn.measures.map((measure) => ({ ...measure, money: units.get(measure.column?.name ?? '') ?? null })),
  }
}

/** The stored result of an execution of the workspace; a Problem results-not-ready while its rows are not here, and
 *  results-past-retention when they are not here any more. */
export async function requireResult(db: Db, workspaceId: WorkspaceId, executionId: ExecutionId): Promise<HeldResult> {
  const row = await db
    .selectFrom('workflow_executions')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', executionId)
    .select(['status', 'dry_run', 'row_count', 'result_data', 'results_removed_at'])
    .executeTakeFirst()
  if (row === undefined) throw new Problem('execution-not-found')
  if (row.dry_run) throw new Problem('results-not-ready', 'This was a check of the query; it has no rows')
  if (row.status !== 'completed')
    throw new Problem('results-not-ready', `The execution is ${row.status}; its rows come with completed`)
  if (row.results_removed_at !== null)
    throw new Problem(
      'results-past-retention',
      `The rows were removed on ${row.results_removed_at.toISOString().slice(0, 10)}; what ran and its figures are kept`,
    )
  return { id: executionId, layout: StoredFigures.parse(row.result_data).layout, rowCount: Number(row.row_count) }
}

/** Tells a result whose file is gone as the Problem results-lost. */
export async function whereKept<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    if (!(error instanceof ResultGone)) throw error
    const way = 'run the query again, or put the folder back'
    throw new Problem('results-lost', `The file of this result is no longer in the data folder of the server; ${way}`, {
      cause: error,
    })
  }
}
