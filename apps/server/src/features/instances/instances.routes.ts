import { addInstances, getInstance, listInstances } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { addByHand, requestDiscovery } from './add-instances.ts'
import { pageOfInstances, requireInstanceView } from './instances.store.ts'

export function instanceRoutes(app: App, ctx: Ctx): void {
  serve(app, listInstances, ({ who, query }) => pageOfInstances(ctx.db, who.workspaceId, query))
  serve(app, getInstance, ({ who, params }) => requireInstanceView(ctx.db, who.workspaceId, params.instanceId))
  serve(app, addInstances, async ({ who, body }) => {
    if (body.by === 'hand') return { instance: await addByHand(ctx, who, body) }
    await requestDiscovery(ctx, who, body)
    return { instance: null }
  })
}
