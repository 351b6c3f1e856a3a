import { isDeepStrictEqual } from 'node:util'
import {
  type BodyOf,
  Problem,
  type Workflow,
  type WorkflowId,
  WorkflowVersionId,
  type saveWorkflow as saveWorkflowEndpoint,
} from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { requireInstance } from '#features/instances/index.ts'
import type { Tx } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { requireVersionView, requireWorkflowView } from './workflow-rows.store.ts'

type Save = BodyOf<typeof saveWorkflowEndpoint>

/** Saves a version on top of the one that the person saw; equal content makes none, so that a lost answer is simply sent again.
 *  On a stale base it is a Problem version-conflict that carries the current version. The person's draft is dropped. */
export async function saveWorkflow(ctx: Ctx, who: Member, workflowId: WorkflowId, save: Save): Promise<Workflow> {
  await inTransaction(ctx.db, (tx) => saveVersion(tx, who, workflowId, save, ctx.now()))
  return requireWorkflowView(ctx.db, who, workflowId)
}

async function saveVersion(tx: Tx, who: Member, workflowId: WorkflowId, save: Save, now: Date): Promise<void> {
  const current = await tx
    .selectFrom('workflows')
    .where('workspace_id', '=', who.workspaceId)
    .where('id', '=', workflowId)
    .forUpdate()
    .select(['version', 'name', 'sql_query', 'parameters', 'parameter_values', 'instance_id'])
    .executeTakeFirst()
  if (current === undefined) throw new Problem('workflow-not-found')
  if (save.instanceId !== null) await requireInstance(tx, who.workspaceId, save.instanceId)
  const known = [current.name, current.sql_query, current.parameters, current.parameter_values]
  const given: unknown = JSON.parse(JSON.stringify([save.name, save.sqlQuery, save.parameters, save.values]))
  const sameContent = isDeepStrictEqual(known, given)
  if (save.baseVersion !== current.version && !(sameContent && current.instance_id === save.instanceId))
    throw new Problem(
      'version-conflict',
      `You began from version ${save.baseVersion}; the current one is ${current.version}`,
      { extensions: { current: await requireVersionView(tx, who.workspaceId, workflowId, current.version) } },
    )
  if (!sameContent) await writeVersion(tx, who, workflowId, current.version + 1, save, now)
  if (sameContent && current.instance_id !== save.instanceId)
    await tx
      .updateTable('workflows')
      .where('workspace_id', '=', who.workspaceId)
      .where('id', '=', workflowId)
      .set({ instance_id: save.instanceId, updated_at: now })
      .execute()
  await tx
    .deleteFrom('workflow_drafts')
    .where('workspace_id', '=', who.workspaceId)
    .where('workflow_id', '=', workflowId)
    .where('user_id', '=', who.userId)
    .execute()
}

async function writeVersion(
  tx: Tx,
  who: Member,
  workflowId: WorkflowId,
  version: number,
  save: Save,
  now: Date,
): Promise<void> {
  const columns = {
    name: save.name,
    sql_query: save.sqlQuery,
    parameters: JSON.stringify(save.parameters),
    parameter_values: JSON.stringify(save.values),
    version,
  }
  await tx
    .insertInto('workflow_versions')
    .values({
      id: WorkflowVersionId.parse(crypto.randomUUID()),
      workspace_id: who.workspaceId,
      workflow_id: workflowId,
      ...columns,
      saved_by: who.userId,
      saved_at: now,
    })
    .execute()
  await tx
    .updateTable('workflows')
    .where('workspace_id', '=', who.workspaceId)
    .where('id', '=', workflowId)
    .set({ ...columns, instance_id: save.instanceId, updated_at: now })
    .execute()
}
