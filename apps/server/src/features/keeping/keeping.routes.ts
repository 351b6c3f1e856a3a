import { changeKeeping, getKeeping, previewKeeping } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { changeKeeping as change } from './change-keeping.ts'
import { keepingOf } from './keeping.store.ts'
import { whatWouldGo } from './what-would-go.ts'

export function keepingRoutes(app: App, ctx: Ctx): void {
  serve(app, getKeeping, ({ who }) => keepingOf(ctx.db, who.workspaceId))
  serve(app, changeKeeping, ({ who, body }) => change(ctx, who, body))
  serve(app, previewKeeping, ({ who, query }) => whatWouldGo(ctx.db, who.workspaceId, query, ctx.now()))
}
