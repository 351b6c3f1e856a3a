import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { moneyColumns } from '@recomamp/amc-sql/money-columns'
import type { ExecutionId, ReplyOf, WorkspaceId, getMoneyColumns } from '@recomamp/contracts'
import type { Db } from '#platform/db/tables.ts'
import { requireExecution } from './executions.rows.ts'

/** The columns of an execution's result that surely hold money. Only tables of the catalogue have units, so an upload has none. */
export async function moneyColumnsOf(
  db: Db,
  workspaceId: WorkspaceId,
  executionId: ExecutionId,
): Promise<ReplyOf<typeof getMoneyColumns>> {
  const { sqlSent } = await requireExecution(db, workspaceId, executionId)
  return { items: moneyColumns(sqlSent, loadSchema()) }
}
