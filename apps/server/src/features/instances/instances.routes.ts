import * as api from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { addByHand, requestDiscovery } from './add-instances.ts'
import { activityOf } from './instance-activity.ts'
import { pageOfInstances, requireInstanceView } from './instances.store.ts'
import { removalOf, removeInstance } from './remove-instance.ts'
import { updateInstance } from './update-instance.ts'

export function instanceRoutes(app: App, ctx: Ctx): void {
  serve(app, api.listInstances, ({ who, query }) => pageOfInstances(ctx.db, who.workspaceId, query))
  serve(app, api.getInstance, ({ who, params }) => requireInstanceView(ctx.db, who.workspaceId, params.instanceId))
  serve(app, api.addInstances, async ({ who, body }) => {
    if (body.by === 'hand') return { instance: await addByHand(ctx, who, body) }
    await requestDiscovery(ctx, who, body)
    return { instance: null }
  })
  serve(app, api.getInstanceActivity, ({ who, params }) => activityOf(ctx, who, params.instanceId))
  serve(app, api.updateInstance, ({ who, params, body }) => updateInstance(ctx, who, params.instanceId, body))
  serve(app, api.getInstanceRemoval, ({ who, params }) => removalOf(ctx, who, params.instanceId))
  serve(app, api.removeInstance, ({ who, params }) => removeInstance(ctx, who, params.instanceId))
}
