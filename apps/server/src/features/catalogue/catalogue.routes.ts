import { getCatalogue, refreshCatalogue } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { catalogueState } from './catalogue-state.ts'
import { requestCheck } from './request-check.ts'

export function catalogueRoutes(app: App, ctx: Ctx): void {
  serve(app, getCatalogue, () => catalogueState(ctx))
  serve(app, refreshCatalogue, ({ who }) => requestCheck(ctx, who))
}
