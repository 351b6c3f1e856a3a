import {
  changeTemplate,
  createWorkflowFromTemplate,
  deleteTemplate,
  forkTemplate,
  getQueryTemplate,
  getTemplateExample,
  listQueryTemplates,
} from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { createFromTemplate } from './create-from-template.ts'
import { describeTemplate } from './describe-template.ts'
import { makeFork } from './fork-template.ts'
import { exampleOf } from './run-example.ts'
import { listTemplates } from './list-templates.ts'
import { changeFork, removeFork } from './change-fork.ts'

export function templateRoutes(app: App, ctx: Ctx): void {
  serve(app, listQueryTemplates, ({ who, query }) => listTemplates(ctx, who, query))
  serve(app, getQueryTemplate, ({ who, params, query }) =>
    describeTemplate(ctx, who, params.templateId, query.instance),
  )
  serve(app, getTemplateExample, ({ who, params }) => exampleOf(ctx, who, params.templateId))
  serve(app, createWorkflowFromTemplate, ({ who, params, body }) =>
    createFromTemplate(ctx, who, params.templateId, body),
  )
  serve(app, forkTemplate, async ({ who, body }) => describeTemplate(ctx, who, await makeFork(ctx, who, body)))
  serve(app, changeTemplate, async ({ who, params, body }) => {
    await changeFork(ctx, who, params.templateId, body)
    return describeTemplate(ctx, who, params.templateId)
  })
  serve(app, deleteTemplate, async ({ who, params }) => {
    await removeFork(ctx, who, params.templateId)
    return undefined
  })
}
