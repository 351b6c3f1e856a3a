import { listCopies, removeCopy, syncWorkflow, syncWorkflows } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { copiesOf } from './copies.rows.ts'
import { removeCopy as remove } from './remove-copy.ts'
import { syncWorkflow as sync } from './sync-workflow.ts'
import { syncWorkflows as syncSeveral } from './sync-workflows.ts'

export function copyRoutes(app: App, ctx: Ctx): void {
  serve(app, listCopies, ({ who, params }) => copiesOf(ctx.db, who.workspaceId, params.workflowId))
  serve(app, syncWorkflow, ({ who, params, body }) => sync(ctx, who, params.workflowId, body))
  serve(app, syncWorkflows, ({ who, body }) => syncSeveral(ctx, who, body))
  serve(app, removeCopy, ({ who, params }) => remove(ctx, who, params.workflowId, params.instanceId))
}
