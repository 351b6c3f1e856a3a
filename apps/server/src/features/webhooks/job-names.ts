/** Wake it after a message was asked for by hand. */
export const deliverWebhooksJobName = 'deliver-webhooks'
