import { explainAmcError, explainAmcSentence } from '@recomamp/amc-client'
import { explainAmcWords } from '@recomamp/amc-sql/amc-explanations'
import {
  type AmcCopy,
  type InstanceId,
  Problem,
  type ReplyOf,
  type WorkflowId,
  type WorkspaceId,
  type listCopies,
} from '@recomamp/contracts'
import { copyState, requireWorkflow } from '#features/workflows/index.ts'
import type { CopyFailure, Db } from '#platform/db/tables.ts'

/** Where AMC keeps a query; a Problem workflow-not-found. */
export async function copiesOf(
  db: Db,
  workspaceId: WorkspaceId,
  workflowId: WorkflowId,
): Promise<ReplyOf<typeof listCopies>> {
  await requireWorkflow(db, workspaceId, workflowId)
  const rows = await copyRows(db, workspaceId, workflowId).orderBy('amc_instances.name').execute()
  const items = rows.map(toCopy)
  return { items, total: items.length, nextCursor: null }
}

/** The copy in one instance; a Problem copy-not-found. */
export async function requireCopy(
  db: Db,
  workspaceId: WorkspaceId,
  workflowId: WorkflowId,
  instanceId: InstanceId,
): Promise<AmcCopy> {
  const row = await copyRows(db, workspaceId, workflowId)
    .where('amc_copies.instance_id', '=', instanceId)
    .executeTakeFirst()
  if (row === undefined) throw new Problem('copy-not-found')
  return toCopy(row)
}

function copyRows(db: Db, workspaceId: WorkspaceId, workflowId: WorkflowId) {
  return db
    .selectFrom('amc_copies')
    .innerJoin('amc_instances', 'amc_instances.id', 'amc_copies.instance_id')
    .innerJoin('workflows', 'workflows.id', 'amc_copies.workflow_id')
    .where('amc_copies.workspace_id', '=', workspaceId)
    .where('amc_copies.workflow_id', '=', workflowId)
    .select([
      'amc_copies.workflow_id',
      'amc_copies.instance_id',
      'amc_copies.amc_workflow_id',
      'amc_copies.version',
      'amc_copies.stored_version',
      'amc_copies.failure',
      'amc_copies.synced_at',
      'amc_instances.name as instance_name',
      copyState.as('copy_state'),
    ])
}

type CopyRow = Awaited<ReturnType<ReturnType<typeof copyRows>['executeTakeFirstOrThrow']>>

function toCopy(row: CopyRow): AmcCopy {
  return {
    workflowId: row.workflow_id,
    instance: { id: row.instance_id, name: row.instance_name },
    amcWorkflowId: row.amc_workflow_id,
    state: row.copy_state,
    storedVersion: row.stored_version,
    wantedVersion: row.version,
    syncedAt: row.synced_at?.toISOString() ?? null,
    failure: row.failure === null ? null : explained(row.failure),
  }
}

function explained({ kind, ...failure }: CopyFailure): NonNullable<AmcCopy['failure']> {
  const { amcMessage } = failure
  const bySentence = amcMessage === null ? null : (explainAmcSentence(amcMessage) ?? explainAmcWords(amcMessage))
  const found = bySentence ?? (kind === undefined ? null : explainAmcError({ kind, amcMessage }))
  return { ...failure, explanation: found === null ? null : { cause: found.cause, nextStep: found.nextStep } }
}
