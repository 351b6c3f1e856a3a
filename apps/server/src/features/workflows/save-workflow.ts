import { isDeepStrictEqual } from 'node:util'
import {
  type BodyOf,
  type InstanceId,
  Problem,
  type Workflow,
  type WorkflowContent,
  type WorkflowId,
  WorkflowVersionId,
  type saveWorkflow as saveWorkflowEndpoint,
} from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvent } from '#features/events/index.ts'
import { requireInstance } from '#features/instances/index.ts'
import type { Tx } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { inTrash } from './require-version.ts'
import { requireVersionView } from './versions.store.ts'
import { requireWorkflowView } from './workflow-rows.store.ts'

/** What becomes a version. */
interface Save extends WorkflowContent {
  baseVersion: number
  /** Absent: the query stays at its instance. */
  instanceId?: InstanceId | null
  restoredFrom?: number
}

/** Saves a version on top of the one that the person saw; equal content makes none, so that a lost answer is simply sent again.
 *  On a stale base it is a Problem version-conflict that carries the current version. The person's draft is dropped if it is the one
 *  that the text follows. */
export async function saveWorkflow(
  ctx: Ctx,
  who: Member,
  workflowId: WorkflowId,
  { draftRevision = 0, ...save }: BodyOf<typeof saveWorkflowEndpoint>,
): Promise<Workflow> {
  await inTransaction(ctx.db, async (tx) => {
    await saveVersion(tx, who, workflowId, save, ctx.now())
    await tx
      .deleteFrom('workflow_drafts')
      .where('workspace_id', '=', who.workspaceId)
      .where('workflow_id', '=', workflowId)
      .where('user_id', '=', who.userId)
      .where('revision', '=', draftRevision)
      .execute()
  })
  return requireWorkflowView(ctx.db, who, workflowId)
}

/** Writes a version, unless the content is that of the current one. Copies at AMC that lack the new text are behind from then on. */
export async function saveVersion(tx: Tx, who: Member, workflowId: WorkflowId, save: Save, now: Date): Promise<void> {
  const current = await tx
    .selectFrom('workflows')
    .where('workspace_id', '=', who.workspaceId)
    .where('id', '=', workflowId)
    .forUpdate()
    .select(['version', 'name', 'sql_query', 'parameters', 'parameter_values', 'instance_id', 'deleted_at'])
    .executeTakeFirst()
  if (current === undefined) throw new Problem('workflow-not-found')
  if (current.deleted_at !== null) throw inTrash()
  const instanceId = save.instanceId === undefined ? current.instance_id : save.instanceId
  if (instanceId !== null) await requireInstance(tx, who.workspaceId, instanceId)
  const known = [current.name, current.sql_query, current.parameters, current.parameter_values]
  const given: unknown = JSON.parse(JSON.stringify([save.name, save.sqlQuery, save.parameters, save.values]))
  const sameContent = isDeepStrictEqual(known, given)
  if (save.baseVersion !== current.version && !(sameContent && current.instance_id === instanceId))
    throw new Problem(
      'version-conflict',
      `You began from version ${save.baseVersion}; the current one is ${current.version}`,
      { extensions: { current: await requireVersionView(tx, who.workspaceId, workflowId, current.version) } },
    )
  if (sameContent && current.instance_id === instanceId) return
  const version = current.version + 1
  const columns = {
    name: save.name,
    sql_query: save.sqlQuery,
    parameters: JSON.stringify(save.parameters),
    parameter_values: JSON.stringify(save.values),
    version,
  }
  const sameText = isDeepStrictEqual(known.slice(1, 3), (given as unknown[]).slice(1, 3))
  if (!sameContent)
    await tx
      .insertInto('workflow_versions')
      .values({
        id: WorkflowVersionId.parse(crypto.randomUUID()),
        workspace_id: who.workspaceId,
        workflow_id: workflowId,
        ...columns,
        saved_by: who.userId,
        saved_at: now,
        restored_from: save.restoredFrom ?? null,
      })
      .execute()
  await tx
    .updateTable('workflows')
    .where('workspace_id', '=', who.workspaceId)
    .where('id', '=', workflowId)
    .set({
      ...(sameContent ? {} : columns),
      ...(sameText ? {} : { text_version: version }),
      instance_id: instanceId,
      updated_at: now,
    })
    .execute()
  const object = { kind: 'query', id: workflowId, name: save.name } as const
  const detail = {
    version: sameContent ? current.version : version,
    instanceId,
    restoredFrom: save.restoredFrom ?? null,
  }
  await recordAudit(tx, who, { action: 'query-saved', object, detail }, now)
  await recordEvent(tx, who.workspaceId, { type: 'workflows-changed', workflowIds: [workflowId] }, now)
}
