import {
  type ParameterDeclaration,
  type ParameterValues,
  Problem,
  type WorkflowId,
  type WorkspaceId,
} from '@recomamp/contracts'
import type { z } from 'zod'
import type { Db, Tx } from '#platform/db/tables.ts'

/** A version of a query, as it was saved. */
export interface SavedVersion {
  readonly workflowId: WorkflowId
  readonly version: number
  readonly name: string
  readonly sqlQuery: string
  readonly parameters: readonly ParameterDeclaration[]
  readonly values: z.infer<typeof ParameterValues>
}

/** One version of a query of the workspace; a Problem workflow-not-found or version-not-found. */
export async function requireVersion(
  db: Db,
  workspaceId: WorkspaceId,
  workflowId: WorkflowId,
  version: number,
): Promise<SavedVersion> {
  const row = await db
    .selectFrom('workflow_versions')
    .where('workspace_id', '=', workspaceId)
    .where('workflow_id', '=', workflowId)
    .where('version', '=', version)
    .select(['name', 'sql_query', 'parameters', 'parameter_values'])
    .executeTakeFirst()
  if (row === undefined) {
    await requireWorkflow(db, workspaceId, workflowId)
    throw new Problem('version-not-found', `This query has no version ${version}`)
  }
  return {
    workflowId,
    version,
    name: row.name,
    sqlQuery: row.sql_query,
    parameters: row.parameters,
    values: row.parameter_values,
  }
}

/** A Problem workflow-not-found where the workspace has no such query. */
export async function requireWorkflow(db: Db, workspaceId: WorkspaceId, workflowId: WorkflowId): Promise<void> {
  await rowOf(db, workspaceId, workflowId)
}

/** As requireWorkflow, and a Problem workflow-in-trash for a query that has to be taken out of the trash first. */
export async function requireOutOfTrash(db: Db, workspaceId: WorkspaceId, workflowId: WorkflowId): Promise<void> {
  const { deleted_at: deletedAt } = await rowOf(db, workspaceId, workflowId)
  if (deletedAt !== null) throw inTrash()
}

/** The refusal of a change to a query that somebody threw away. */
export function inTrash(): Problem {
  return new Problem('workflow-in-trash', 'Take it out of the trash first')
}

/** The current version of a query, which nobody changes before the transaction ends; a Problem workflow-not-found. */
export async function holdVersion(tx: Tx, workspaceId: WorkspaceId, workflowId: WorkflowId): Promise<number> {
  const { version } = await rowOf(tx, workspaceId, workflowId, 'held')
  return version
}

async function rowOf(db: Db, workspaceId: WorkspaceId, workflowId: WorkflowId, held?: 'held') {
  const row = await db
    .selectFrom('workflows')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', workflowId)
    .$if(held !== undefined, (query) => query.forShare())
    .select(['deleted_at', 'version'])
    .executeTakeFirst()
  if (row === undefined) throw new Problem('workflow-not-found')
  return row
}
