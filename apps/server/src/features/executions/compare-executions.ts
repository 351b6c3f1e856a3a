import type { compareResults, ExecutionId, QueryOf, ReplyOf, WorkspaceId } from '@recomamp/contracts'
import type { Db } from '#platform/db/tables.ts'
import { requireResult, whereKept } from './read-results.ts'
import { columnsWithout } from './results/compare-results.ts'
import { resultColumnOf } from './results/result-layout.ts'
import type { ResultStore } from './results/result-store.ts'

/** A page of what differs between the rows of two stored results of a workspace. */
export async function compareExecutions(
  db: Db,
  results: ResultStore,
  workspaceId: WorkspaceId,
  executionId: ExecutionId,
  query: QueryOf<typeof compareResults>,
): Promise<ReplyOf<typeof compareResults>> {
  const { with: earlier, keys = null, sort = null, offset, ...wanted } = query
  const before = await requireResult(db, workspaceId, earlier)
  const after = await requireResult(db, workspaceId, executionId)
  const page = await whereKept(results.compare(before, after, keys, { ...wanted, sort, offset }))
  return {
    keys: page.columns.flatMap((column) => (column.isKey ? [column.after.name] : [])),
    isUnique: page.isUnique,
    columns: page.columns.map((column) => resultColumnOf(column.after)),
    onlyBefore: columnsWithout(before.layout, after.layout),
    onlyAfter: columnsWithout(after.layout, before.layout),
    counts: page.counts,
    matchingCount: page.matching,
    offset,
    rows: page.rows,
  }
}
