import { getSchemaReading, listSnapshots, readSchema } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { pageOfSnapshots } from './list-snapshots.ts'
import { lookAtInstance, requestReading } from './request-reading.ts'

export function liveSchemaRoutes(app: App, ctx: Ctx): void {
  serve(app, getSchemaReading, ({ who, params }) => lookAtInstance(ctx, who, params.instanceId))
  serve(app, readSchema, ({ who, params }) => requestReading(ctx, who, params.instanceId))
  serve(app, listSnapshots, ({ who, params, query }) =>
    pageOfSnapshots(ctx.db, who.workspaceId, params.instanceId, query),
  )
}
