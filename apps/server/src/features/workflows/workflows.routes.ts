import * as api from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { countsOf } from './count-workflows.store.ts'
import { chooseChart } from './choose-chart.ts'
import { createWorkflow } from './create-workflow.ts'
import { exportWorkflows } from './export-workflows.ts'
import { keepDraft } from './keep-draft.ts'
import { pageOfWorkflows } from './list-workflows.store.ts'
import { restoreVersion } from './restore-version.ts'
import { saveWorkflow } from './save-workflow.ts'
import { tagWorkflows } from './tag-workflows.ts'
import { pageOfVersions, requireVersionView } from './versions.store.ts'
import { requireWorkflowView } from './workflow-rows.store.ts'

export function workflowRoutes(app: App, ctx: Ctx): void {
  serve(app, api.listWorkflows, ({ who, query }) => pageOfWorkflows(ctx.db, who, query))
  serve(app, api.countWorkflows, ({ who }) => countsOf(ctx.db, who))
  serve(app, api.createWorkflow, ({ who, body }) => createWorkflow(ctx, who, body))
  serve(app, api.getWorkflow, ({ who, params }) => requireWorkflowView(ctx.db, who, params.workflowId))
  serve(app, api.listWorkflowVersions, ({ who, params, query }) =>
    pageOfVersions(ctx.db, who.workspaceId, params.workflowId, query),
  )
  serve(app, api.getWorkflowVersion, ({ who, params }) =>
    requireVersionView(ctx.db, who.workspaceId, params.workflowId, params.version),
  )
  serve(app, api.restoreWorkflowVersion, ({ who, params, body }) =>
    restoreVersion(ctx, who, params.workflowId, params.version, body.baseVersion),
  )
  serve(app, api.tagWorkflows, ({ who, body }) => tagWorkflows(ctx, who, body))
  serve(app, api.exportWorkflows, ({ who, body, reply }) => exportWorkflows(ctx, who, reply, body))
  serve(app, api.saveWorkflow, ({ who, params, body }) => saveWorkflow(ctx, who, params.workflowId, body))
  serve(app, api.chooseChart, ({ who, params, body }) => chooseChart(ctx, who, params.workflowId, body))
  serve(app, api.keepDraft, ({ who, params, body }) => keepDraft(ctx, who, params.workflowId, body))
}
