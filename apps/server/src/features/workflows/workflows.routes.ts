import * as api from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { createWorkflow } from './create-workflow.ts'
import { keepDraft } from './keep-draft.ts'
import { pageOfWorkflows } from './list-workflows.store.ts'
import { saveWorkflow } from './save-workflow.ts'
import { requireVersionView, requireWorkflowView } from './workflow-rows.store.ts'

export function workflowRoutes(app: App, ctx: Ctx): void {
  serve(app, api.listWorkflows, ({ who, query }) => pageOfWorkflows(ctx.db, who.workspaceId, query))
  serve(app, api.createWorkflow, ({ who, body }) => createWorkflow(ctx, who, body))
  serve(app, api.getWorkflow, ({ who, params }) => requireWorkflowView(ctx.db, who, params.workflowId))
  serve(app, api.getWorkflowVersion, ({ who, params }) =>
    requireVersionView(ctx.db, who.workspaceId, params.workflowId, params.version),
  )
  serve(app, api.saveWorkflow, ({ who, params, body }) => saveWorkflow(ctx, who, params.workflowId, body))
  serve(app, api.keepDraft, ({ who, params, body }) => keepDraft(ctx, who, params.workflowId, body), {
    limit: 'frequent',
  })
}
