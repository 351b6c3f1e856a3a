import {
  type BodyOf,
  type ChartDescription,
  type InstanceId,
  Problem,
  type TemplateId,
  type Workflow,
  type WorkflowContent,
  WorkflowId,
  WorkflowVersionId,
  type createWorkflow as createWorkflowEndpoint,
} from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvent } from '#features/events/index.ts'
import { requireInstance } from '#features/instances/index.ts'
import type { Tx } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { requireWorkflowView } from './workflow-rows.store.ts'

/** Creates a query with its first version. The same id again creates nothing and answers what is there (F-19); AMC is not asked (F-20). */
export async function createWorkflow(
  ctx: Ctx,
  who: Member,
  body: BodyOf<typeof createWorkflowEndpoint>,
): Promise<Workflow> {
  const { id, instanceId, ...content } = body
  const workflowId = id ?? newWorkflowId()
  await inTransaction(ctx.db, (tx) =>
    insertWorkflow(tx, who, { workflowId, instanceId, templateId: null, content }, ctx.now()),
  )
  return requireWorkflowView(ctx.db, who, workflowId)
}

export function newWorkflowId(): WorkflowId {
  return WorkflowId.parse(crypto.randomUUID())
}

/** Writes a query and its version 1; false when the workspace has a query of this id already. Another workspace's id is a
 *  Problem workflow-not-found, an instance of another workspace instance-not-found. */
export async function insertWorkflow(
  tx: Tx,
  who: Member,
  workflow: {
    workflowId: WorkflowId
    instanceId: InstanceId | null
    templateId: TemplateId | null
    content: WorkflowContent
    /** How its results are drawn, where that is known already. */
    chart?: ChartDescription | null
  },
  now: Date,
): Promise<boolean> {
  const { workflowId, content } = workflow
  if (workflow.instanceId !== null) await requireInstance(tx, who.workspaceId, workflow.instanceId)
  const columns = {
    name: content.name,
    sql_query: content.sqlQuery,
    parameters: JSON.stringify(content.parameters),
    parameter_values: JSON.stringify(content.values),
  }
  const inserted = await tx
    .insertInto('workflows')
    .values({
      id: workflowId,
      workspace_id: who.workspaceId,
      user_id: who.userId,
      instance_id: workflow.instanceId,
      template_id: workflow.templateId,
      ...columns,
      chart: workflow.chart ? JSON.stringify(workflow.chart) : null,
      version: 1,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted === undefined) {
    const known = await tx
      .selectFrom('workflows')
      .where('workspace_id', '=', who.workspaceId)
      .where('id', '=', workflowId)
      .select('id')
      .executeTakeFirst()
    if (known === undefined) throw new Problem('workflow-not-found')
    return false
  }
  await tx
    .insertInto('workflow_versions')
    .values({
      id: WorkflowVersionId.parse(crypto.randomUUID()),
      workspace_id: who.workspaceId,
      workflow_id: workflowId,
      version: 1,
      ...columns,
      saved_by: who.userId,
      saved_at: now,
    })
    .execute()
  const object = { kind: 'query', id: workflowId, name: content.name } as const
  await recordAudit(tx, who, { action: 'query-created', object, detail: { templateId: workflow.templateId } }, now)
  await recordEvent(tx, who.workspaceId, { type: 'workflows-changed', workflowIds: [workflowId] }, now)
  return true
}
