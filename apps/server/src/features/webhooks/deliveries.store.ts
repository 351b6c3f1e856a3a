import {
  Problem,
  type QueryOf,
  type WebhookDelivery,
  type WebhookDeliveryDetail,
  WebhookDeliveryId,
  type WebhookId,
  type WorkspaceId,
  type listWebhookDeliveries,
} from '@recomamp/contracts'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Database, Db } from '#platform/db/tables.ts'
import { cutPage, earlierThan, readCursor } from '#platform/http/cursor.ts'

const Place = z.tuple([z.iso.datetime(), WebhookDeliveryId])
const attemptsShown = 50

/** A page of what was sent to one address, latest first. */
export async function pageOfDeliveries(
  db: Db,
  workspaceId: WorkspaceId,
  webhookId: WebhookId,
  { limit, cursor, type, state }: QueryOf<typeof listWebhookDeliveries>,
) {
  const after = readCursor(cursor, Place)
  const matching = deliveriesOf(db, workspaceId, webhookId)
    .$if(type !== undefined, (some) => some.where('type', '=', type ?? 'webhook.test'))
    .$if(state !== undefined, (some) => some.where('state', '=', state ?? 'waiting'))
  const rows = await matching
    .where(earlierThan('created_at', 'id', after))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .selectAll()
    .execute()
  const { total } = await matching.select((eb) => eb.fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  const page = cutPage(rows, limit, (row) => [row.created_at.toISOString(), row.id])
  return { items: page.rows.map(toDelivery), total: Number(total), nextCursor: page.nextCursor }
}

/** One message with its tries; a Problem webhook-not-found. */
export async function requireDelivery(
  db: Db,
  workspaceId: WorkspaceId,
  webhookId: WebhookId,
  id: WebhookDeliveryId,
): Promise<WebhookDeliveryDetail> {
  const row = await deliveriesOf(db, workspaceId, webhookId).where('id', '=', id).selectAll().executeTakeFirst()
  if (row === undefined) throw new Problem('webhook-not-found')
  const attempts = await db
    .selectFrom('webhook_attempts')
    .where('workspace_id', '=', workspaceId)
    .where('delivery_id', '=', id)
    .orderBy('attempt', 'desc')
    .limit(attemptsShown)
    .selectAll()
    .execute()
  return {
    ...toDelivery(row),
    payload: row.payload,
    attempts: attempts.toReversed().map(({ at, status, error, took_ms: tookMs, answer }) => ({
      at: at.toISOString(),
      status,
      error,
      tookMs,
      answer,
    })),
  }
}

/** Lets messages go once more, from the beginning of the series; of one address only those that did not get through. Answers them. */
export async function sendAgain(
  db: Db,
  workspaceId: WorkspaceId,
  webhookId: WebhookId,
  which: WebhookDeliveryId | 'all-that-failed',
  now: Date,
): Promise<WebhookDelivery[]> {
  const rows = await db
    .updateTable('webhook_deliveries')
    .where('workspace_id', '=', workspaceId)
    .where('webhook_id', '=', webhookId)
    .$if(which !== 'all-that-failed', (some) => some.where('id', '=', which as WebhookDeliveryId))
    .$if(which === 'all-that-failed', (some) =>
      some.where((eb) =>
        eb.or([eb('state', '=', 'failed'), eb.and([eb('state', '=', 'waiting'), eb('tries', '>', 0)])]),
      ),
    )
    .set({ state: 'waiting', by_hand: true, tries: 0, next_attempt_at: now, finished_at: null })
    .returningAll()
    .execute()
  return rows.map(toDelivery)
}

/** Writes messages down; what was written before for the same happening is left as it is. Answers how many are new. */
export async function addDeliveries(
  db: Db,
  rows: readonly {
    workspaceId: WorkspaceId
    webhookId: WebhookId
    message: { type: WebhookDelivery['type']; about: string; dedupeKey: string; payload: string }
    byHand: boolean
  }[],
  now: Date,
): Promise<WebhookDelivery[]> {
  if (rows.length === 0) return []
  const written = await db
    .insertInto('webhook_deliveries')
    .values(
      rows.map(({ workspaceId, webhookId, message, byHand }) => ({
        id: WebhookDeliveryId.parse(crypto.randomUUID()),
        workspace_id: workspaceId,
        webhook_id: webhookId,
        type: message.type,
        about: message.about.slice(0, 300),
        dedupe_key: message.dedupeKey,
        payload: message.payload,
        state: 'waiting' as const,
        by_hand: byHand,
        next_attempt_at: now,
        created_at: now,
      })),
    )
    .onConflict((conflict) => conflict.columns(['webhook_id', 'dedupe_key']).doNothing())
    .returningAll()
    .execute()
  return written.map(toDelivery)
}

/** The header `webhook-id` of a message. */
export function messageIdOf(id: WebhookDeliveryId): string {
  return `msg_${id.replaceAll('-', '')}`
}

function deliveriesOf(db: Db, workspaceId: WorkspaceId, webhookId: WebhookId) {
  return db.selectFrom('webhook_deliveries').where('workspace_id', '=', workspaceId).where('webhook_id', '=', webhookId)
}

function toDelivery(row: Selectable<Database['webhook_deliveries']>): WebhookDelivery {
  return {
    id: row.id,
    messageId: messageIdOf(row.id),
    type: row.type,
    about: row.about,
    state: row.state,
    tries: row.attempts,
    status: row.last_status,
    error: row.last_error,
    tookMs: row.last_took_ms,
    createdAt: row.created_at.toISOString(),
    lastTryAt: row.last_try_at?.toISOString() ?? null,
    nextTryAt: row.state === 'waiting' ? (row.next_attempt_at?.toISOString() ?? null) : null,
  }
}
