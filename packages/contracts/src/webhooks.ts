import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { WebhookDeliveryId, WebhookId } from './ids.ts'
import { Instant, PageQuery, page } from './paging.ts'
import { Person } from './roles.ts'

/** What other systems can be told of. The names are those of the messages' `type`. */
export const WebhookEvent = z.enum([
  'execution.completed',
  'execution.failed',
  'execution.status_changed',
  'connection.reconnect_needed',
  'schema.changed',
])
export type WebhookEvent = z.infer<typeof WebhookEvent>

/** `webhook.test` is sent by hand only. */
export const WebhookMessageType = z.enum([...WebhookEvent.options, 'webhook.test'])
export type WebhookMessageType = z.infer<typeof WebhookMessageType>

/** `webhook`: a signed POST (Standard Webhooks); `slack`: a text to an address that takes Slack's form; `email`: a letter by SMTP. */
export const WebhookKind = z.enum(['webhook', 'slack', 'email'])
export type WebhookKind = z.infer<typeof WebhookKind>

export const Webhook = z.object({
  id: WebhookId,
  kind: WebhookKind,
  /** Whole for `webhook` and `email`; of `slack`, whose address is a secret, only its beginning. */
  address: z.string(),
  events: z.array(WebhookEvent),
  /** `new`: nothing was sent yet; `failing`: the last try did not get through. */
  state: z.enum(['new', 'working', 'failing', 'paused']),
  /** Why it is paused: by a person, after days without success, or because its receiver answered 410 Gone. */
  pausedReason: z.enum(['person', 'failing', 'gone']).nullable(),
  pausedAt: Instant.nullable(),
  failingSince: Instant.nullable(),
  /** Tries that failed since the last success. */
  failures: z.number().int().nonnegative(),
  lastSentAt: Instant.nullable(),
  /** Of what waits: when the next try is due. */
  nextTryAt: Instant.nullable(),
  sent: z.number().int().nonnegative(),
  waiting: z.number().int().nonnegative(),
  /** Given up after the last try. */
  lost: z.number().int().nonnegative(),
  /** Until when messages are signed by the secret before this one too; null where there is none. */
  previousSecretUntil: Instant.nullable(),
  createdBy: Person.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type Webhook = z.infer<typeof Webhook>

export const WebhookDelivery = z.object({
  id: WebhookDeliveryId,
  /** The header `webhook-id`: the same for every try, so that a receiver knows what it has seen. */
  messageId: z.string(),
  type: WebhookMessageType,
  /** What it is about, by name. */
  about: z.string(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  tries: z.number().int().nonnegative(),
  /** Of the last try; null where nothing answered. */
  status: z.number().int().nullable(),
  /** Why the last try failed. */
  error: z.string().nullable(),
  tookMs: z.number().int().nonnegative().nullable(),
  createdAt: Instant,
  lastTryAt: Instant.nullable(),
  nextTryAt: Instant.nullable(),
})
export type WebhookDelivery = z.infer<typeof WebhookDelivery>

export const WebhookDeliveryDetail = WebhookDelivery.extend({
  /** What is sent, byte for byte. */
  payload: z.string(),
  /** The latest fifty, oldest first. */
  attempts: z.array(
    z.object({
      at: Instant,
      status: z.number().int().nullable(),
      error: z.string().nullable(),
      /** Null for one that a killed process began. */
      tookMs: z.number().int().nonnegative().nullable(),
      /** The beginning of what came back, with its headers. */
      answer: z.string().nullable(),
    }),
  ),
})
export type WebhookDeliveryDetail = z.infer<typeof WebhookDeliveryDetail>

/** `whsec_` and 32 bytes in base64, as Standard Webhooks writes it. */
export const WebhookSecret = z.string().regex(/^whsec_[A-Za-z0-9+/=]{44}$/)

const Address = z.string().trim().min(3).max(2000)
const Events = z
  .array(WebhookEvent)
  .min(1)
  .refine((events) => new Set(events).size === events.length, 'names an event twice')
const oneWebhook = z.strictObject({ webhookId: WebhookId })
const oneDelivery = z.strictObject({ webhookId: WebhookId, deliveryId: WebhookDeliveryId })

export const listWebhooks = endpoint({
  method: 'GET',
  path: '/api/webhooks',
  summary: 'Who is told of what happens in the workspace',
  tag: 'webhooks',
  role: 'viewer',
  query: PageQuery,
  ok: { status: 200, body: page(Webhook) },
  problems: [],
})

/** The secret is in this answer only; `slack` and `email` have none. */
export const createWebhook = endpoint({
  method: 'POST',
  path: '/api/webhooks',
  summary: 'Tell an address of what happens',
  tag: 'webhooks',
  role: 'owner',
  body: z.strictObject({ kind: WebhookKind, address: Address, events: Events }),
  ok: { status: 201, body: z.object({ webhook: Webhook, secret: WebhookSecret.nullable() }) },
  problems: ['webhook-not-possible'],
})

/** Paused, nothing is recorded for it, and what waits stays; resumed, it goes on with what happens from then on. */
export const updateWebhook = endpoint({
  method: 'PUT',
  path: '/api/webhooks/:webhookId',
  summary: 'Change address or events, pause or resume',
  tag: 'webhooks',
  role: 'owner',
  params: oneWebhook,
  body: z
    .strictObject({ address: Address.optional(), events: Events.optional(), paused: z.boolean().optional() })
    .refine((body) => Object.keys(body).length > 0, 'changes nothing'),
  ok: { status: 200, body: Webhook },
  problems: ['webhook-not-found', 'webhook-not-possible'],
})

/** For a day messages carry a signature by the old secret too. */
export const renewWebhookSecret = endpoint({
  method: 'POST',
  path: '/api/webhooks/:webhookId/secret',
  summary: 'Make a new signing secret',
  tag: 'webhooks',
  role: 'owner',
  params: oneWebhook,
  ok: { status: 201, body: z.object({ webhook: Webhook, secret: WebhookSecret }) },
  problems: ['webhook-not-found', 'webhook-not-possible'],
})

export const deleteWebhook = endpoint({
  method: 'DELETE',
  path: '/api/webhooks/:webhookId',
  summary: 'Tell this address no more; its log goes with it',
  tag: 'webhooks',
  role: 'owner',
  params: oneWebhook,
  ok: { status: 204, body: z.undefined() },
  problems: ['webhook-not-found'],
})

/** Sent once, also where it is paused. */
export const testWebhook = endpoint({
  method: 'POST',
  path: '/api/webhooks/:webhookId/test',
  summary: 'Send a test message',
  tag: 'webhooks',
  role: 'owner',
  params: oneWebhook,
  ok: { status: 202, body: WebhookDelivery },
  problems: ['webhook-not-found'],
})

export const listWebhookDeliveries = endpoint({
  method: 'GET',
  path: '/api/webhooks/:webhookId/deliveries',
  summary: 'What was sent, latest first; kept as long as the workspace keeps it',
  tag: 'webhooks',
  role: 'viewer',
  params: oneWebhook,
  query: PageQuery.extend({
    type: WebhookMessageType.optional(),
    state: WebhookDelivery.shape.state.optional(),
  }),
  ok: { status: 200, body: page(WebhookDelivery) },
  problems: ['webhook-not-found'],
})

export const getWebhookDelivery = endpoint({
  method: 'GET',
  path: '/api/webhooks/:webhookId/deliveries/:deliveryId',
  summary: 'What was sent, what came back, and all tries',
  tag: 'webhooks',
  role: 'viewer',
  params: oneDelivery,
  ok: { status: 200, body: WebhookDeliveryDetail },
  problems: ['webhook-not-found'],
})

export const redeliver = endpoint({
  method: 'POST',
  path: '/api/webhooks/:webhookId/deliveries/:deliveryId/redeliver',
  summary: 'Send a message again, with the same id',
  tag: 'webhooks',
  role: 'owner',
  params: oneDelivery,
  ok: { status: 202, body: WebhookDelivery },
  problems: ['webhook-not-found'],
})

export const redeliverAll = endpoint({
  method: 'POST',
  path: '/api/webhooks/:webhookId/redeliver',
  summary: 'Send again everything that did not get through',
  tag: 'webhooks',
  role: 'owner',
  params: oneWebhook,
  ok: { status: 202, body: z.object({ count: z.number().int().nonnegative() }) },
  problems: ['webhook-not-found'],
})
