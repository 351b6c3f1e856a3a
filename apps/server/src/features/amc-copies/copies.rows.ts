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
import { requireVersion, requireWorkflow } from '#features/workflows/index.ts'
import type { CopyFailure, Db } from '#platform/db/tables.ts'
import { compileDefinition } from './compile-definition.ts'

/** Where AMC keeps a query; a Problem workflow-not-found. */
export async function copiesOf(
  db: Db,
  workspaceId: WorkspaceId,
  workflowId: WorkflowId,
): Promise<ReplyOf<typeof listCopies>> {
  await requireWorkflow(db, workspaceId, workflowId)
  const rows = await copyRows(db, workspaceId, workflowId).orderBy('amc_instances.name').execute()
  const items = await Promise.all(rows.map((row) => toCopy(db, workspaceId, row)))
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
  return toCopy(db, workspaceId, row)
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
      'amc_copies.wanted',
      'amc_copies.version',
      'amc_copies.privacy_filtering_behavior',
      'amc_copies.stored_version',
      'amc_copies.stored_hash',
      'amc_copies.state',
      'amc_copies.failure',
      'amc_copies.synced_at',
      'amc_instances.name as instance_name',
      'workflows.version as current_version',
    ])
}

type CopyRow = Awaited<ReturnType<ReturnType<typeof copyRows>['executeTakeFirstOrThrow']>>

async function toCopy(db: Db, workspaceId: WorkspaceId, row: CopyRow): Promise<AmcCopy> {
  return {
    workflowId: row.workflow_id,
    instance: { id: row.instance_id, name: row.instance_name },
    amcWorkflowId: row.amc_workflow_id,
    state: await stateOf(db, workspaceId, row),
    storedVersion: row.stored_version,
    wantedVersion: row.version,
    syncedAt: row.synced_at?.toISOString() ?? null,
    failure: row.failure === null ? null : explained(row.failure),
  }
}

async function stateOf(db: Db, workspaceId: WorkspaceId, row: CopyRow): Promise<AmcCopy['state']> {
  if (row.state === 'failed') return 'failed'
  if (row.wanted === 'removed') return 'removing'
  if (row.state === 'waiting') return 'waiting'
  if (row.stored_version === row.current_version) return 'in-step'
  // A version may differ in its name or its values only, which AMC does not keep.
  const current = await requireVersion(db, workspaceId, row.workflow_id, row.current_version)
  const compiled = compileDefinition(
    { ...current, parameters: [...current.parameters] },
    row.privacy_filtering_behavior,
  )
  return compiled.ok && compiled.hash === row.stored_hash ? 'in-step' : 'behind'
}

function explained({ kind, ...failure }: CopyFailure): NonNullable<AmcCopy['failure']> {
  const { amcMessage } = failure
  const bySentence = amcMessage === null ? null : (explainAmcSentence(amcMessage) ?? explainAmcWords(amcMessage))
  const found = bySentence ?? (kind === undefined ? null : explainAmcError({ kind, amcMessage }))
  return { ...failure, explanation: found === null ? null : { cause: found.cause, nextStep: found.nextStep } }
}
