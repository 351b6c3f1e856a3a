import { reportTimings } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { keepTimings } from './keep-timings.ts'

export function clientTimingRoutes(app: App, ctx: Ctx): void {
  serve(app, reportTimings, ({ body }) => keepTimings(ctx, body.timings))
}
