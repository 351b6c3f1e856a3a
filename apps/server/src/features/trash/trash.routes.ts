import { deleteWorkflow, purgeWorkflows, restoreWorkflows, trashWorkflows } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { ResultStore } from '#features/executions/index.ts'
import { requireWorkflow, requireWorkflowView } from '#features/workflows/index.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { purge } from './purge.ts'
import { restoreFromTrash } from './restore-from-trash.ts'
import { moveToTrash } from './move-to-trash.ts'

export function trashRoutes(app: App, ctx: Ctx, results: ResultStore): void {
  serve(app, deleteWorkflow, async ({ who, params, query }) => {
    await requireWorkflow(ctx.db, who.workspaceId, params.workflowId)
    await moveToTrash(ctx, who, { workflowIds: [params.workflowId], copies: query.copies })
    return requireWorkflowView(ctx.db, who, params.workflowId)
  })
  serve(app, trashWorkflows, ({ who, body }) => moveToTrash(ctx, who, body))
  serve(app, restoreWorkflows, ({ who, body }) => restoreFromTrash(ctx, who, body))
  serve(app, purgeWorkflows, ({ who, body }) => purge(ctx, who, results, body))
}
