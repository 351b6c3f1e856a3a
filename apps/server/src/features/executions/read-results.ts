import {
  type ExecutionId,
  Problem,
  type QueryOf,
  type ReplyOf,
  type WorkspaceId,
  type getResults,
} from '@recomamp/contracts'
import { z } from 'zod'
import type { Db } from '#platform/db/tables.ts'
import { resultColumnsOf, ResultLayout } from './results/result-layout.ts'
import { ResultGone, type ResultStore } from './results/result-store.ts'

const StoredFigures = z.object({ layout: ResultLayout })

/** Rows of a stored result by their place in it; a Problem results-not-ready while they are not here, results-lost
 *  when their file is gone. */
export async function readResults(
  db: Db,
  results: ResultStore,
  workspaceId: WorkspaceId,
  executionId: ExecutionId,
  { offset, limit }: QueryOf<typeof getResults>,
): Promise<ReplyOf<typeof getResults>> {
  const row = await db
    .selectFrom('workflow_executions')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', executionId)
    .select(['status', 'row_count', 'result_data'])
    .executeTakeFirst()
  if (row === undefined) throw new Problem('execution-not-found')
  if (row.status !== 'completed')
    throw new Problem('results-not-ready', `The execution is ${row.status}; its rows come with completed`)
  const { layout } = StoredFigures.parse(row.result_data)
  const page = await results.readPage(executionId, layout, offset, limit).catch((error: unknown) => {
    if (!(error instanceof ResultGone)) throw error
    const way = 'run the query again, or put the folder back'
    throw new Problem('results-lost', `The file of this result is no longer in the data folder of the server; ${way}`, {
      cause: error,
    })
  })
  return { columns: resultColumnsOf(layout), ...page, offset, rowCount: Number(row.row_count) }
}
