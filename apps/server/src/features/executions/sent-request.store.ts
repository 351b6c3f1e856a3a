import { type ExecutionId, Problem, type WorkspaceId } from '@recomamp/contracts'
import type { Db } from '#platform/db/tables.ts'
import { readSentRequest, type SentRequest } from './sent-request.ts'

/** What an execution of the workspace sent; a Problem execution-not-found where there is none. */
export async function requireSentRequest(db: Db, workspaceId: WorkspaceId, id: ExecutionId): Promise<SentRequest> {
  const row = await db
    .selectFrom('workflow_executions')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .select(['request', 'template', 'source_map', 'copy_definition', 'copy_hash'])
    .executeTakeFirst()
  if (row === undefined) throw new Problem('execution-not-found')
  return readSentRequest(row)
}
