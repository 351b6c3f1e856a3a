export { collectWebhookEventsJob } from './collect-events.job.ts'
export { deliverWebhooksJob } from './deliver-webhooks.job.ts'
export { createChannels } from './send-message.ts'
export { webhookRoutes } from './webhooks.routes.ts'
