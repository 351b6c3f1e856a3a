import { type ExecutionId, ProvenanceRecord, type WorkspaceId } from '@recomamp/contracts'
import type { Db } from '#platform/db/tables.ts'
import { requireExecution } from './executions.rows.ts'

/** Where the result of an execution of the workspace comes from; a Problem execution-not-found where there is none. */
export async function requireProvenance(db: Db, workspaceId: WorkspaceId, id: ExecutionId): Promise<ProvenanceRecord> {
  const execution = await requireExecution(db, workspaceId, id)
  return ProvenanceRecord.parse({ ...execution, executionId: id })
}
