import type { BodyOf, TemplateId, Workflow, createWorkflowFromTemplate } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { insertWorkflow, newWorkflowId, requireWorkflowView } from '#features/workflows/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { requireTemplate } from './templates.store.ts'

/** Copies an analysis into a query and counts the use; the same id again does neither. */
export async function createFromTemplate(
  ctx: Ctx,
  who: Member,
  templateId: TemplateId,
  body: BodyOf<typeof createWorkflowFromTemplate>,
): Promise<Workflow> {
  const workflowId = body.id ?? newWorkflowId()
  await inTransaction(ctx.db, async (tx) => {
    const template = await requireTemplate(tx, who, templateId)
    const content = {
      name: template.name,
      sqlQuery: template.sqlTemplate,
      parameters: template.parameters,
      values: {},
    }
    const workflow = { workflowId, instanceId: body.instanceId, templateId, content, chart: template.chart }
    if (!(await insertWorkflow(tx, who, workflow, ctx.now()))) return
    await tx
      .updateTable('query_templates')
      .where('template_id', '=', templateId)
      .set((eb) => ({ usage_count: eb('usage_count', '+', 1) }))
      .execute()
  })
  return requireWorkflowView(ctx.db, who, workflowId)
}
