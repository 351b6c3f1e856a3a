import {
  createWebhook,
  deleteWebhook,
  getWebhookDelivery,
  listWebhookDeliveries,
  listWebhooks,
  Problem,
  redeliver,
  redeliverAll,
  renewWebhookSecret,
  testWebhook,
  updateWebhook,
} from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { addWebhook, changeWebhook, removeWebhook, renewSecret, resend, sendTest } from './change-webhooks.ts'
import { pageOfDeliveries, requireDelivery } from './deliveries.store.ts'
import { pageOfWebhooks, requireWebhook } from './webhooks.store.ts'

export function webhookRoutes(app: App, ctx: Ctx): void {
  const { fernetKeys } = ctx.secrets
  serve(app, listWebhooks, ({ who, query }) => pageOfWebhooks(ctx.db, who.workspaceId, query, fernetKeys))
  serve(app, createWebhook, ({ who, body, reply }) => {
    void reply.header('cache-control', 'no-store')
    return addWebhook(ctx, who, body)
  })
  serve(app, updateWebhook, ({ who, params, body }) => changeWebhook(ctx, who, params.webhookId, body))
  serve(app, renewWebhookSecret, ({ who, params, reply }) => {
    void reply.header('cache-control', 'no-store')
    return renewSecret(ctx, who, params.webhookId)
  })
  serve(app, deleteWebhook, async ({ who, params }) => {
    await removeWebhook(ctx, who, params.webhookId)
    return undefined
  })
  serve(app, testWebhook, ({ who, params }) => sendTest(ctx, who, params.webhookId))
  serve(app, listWebhookDeliveries, async ({ who, params, query }) => {
    await requireWebhook(ctx.db, who.workspaceId, params.webhookId, fernetKeys)
    return pageOfDeliveries(ctx.db, who.workspaceId, params.webhookId, query)
  })
  serve(app, getWebhookDelivery, ({ who, params }) =>
    requireDelivery(ctx.db, who.workspaceId, params.webhookId, params.deliveryId),
  )
  serve(app, redeliver, async ({ who, params }) => {
    const [delivery] = await resend(ctx, who, params.webhookId, params.deliveryId)
    if (delivery === undefined) throw new Problem('webhook-not-found')
    return delivery
  })
  serve(app, redeliverAll, async ({ who, params }) => ({
    count: (await resend(ctx, who, params.webhookId, 'all-that-failed')).length,
  }))
}
