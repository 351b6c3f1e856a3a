import { getStatus } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { OpenedDatabase } from '#platform/db/open-database.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { statusOf } from './status.ts'

export function statusRoutes(app: App, ctx: Ctx, about: { version: string; database: OpenedDatabase['kind'] }): void {
  serve(app, getStatus, ({ who, reply }) => {
    void reply.header('cache-control', 'no-store')
    return statusOf(ctx, who.workspaceId, about)
  })
}
