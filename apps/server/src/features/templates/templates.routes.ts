import { createWorkflowFromTemplate, getQueryTemplate, listQueryTemplates } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { createFromTemplate } from './create-from-template.ts'
import { pageOfTemplates, requireTemplate } from './templates.store.ts'

export function templateRoutes(app: App, ctx: Ctx): void {
  serve(app, listQueryTemplates, ({ query }) => pageOfTemplates(ctx.db, query))
  serve(app, getQueryTemplate, ({ params }) => requireTemplate(ctx.db, params.templateId))
  serve(app, createWorkflowFromTemplate, ({ who, params, body }) =>
    createFromTemplate(ctx, who, params.templateId, body),
  )
}
