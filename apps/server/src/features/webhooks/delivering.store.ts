import type { WebhookDeliveryId, WebhookId, WebhookKind, WebhookMessageType, WorkspaceId } from '@recomamp/contracts'
import { sql } from 'kysely'
import { recordEvent } from '#features/events/index.ts'
import type { EncryptedToken } from '#platform/crypto/tokens.ts'
import { claimRows } from '#platform/db/leases.ts'
import type { Db } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import { later } from '#platform/time.ts'
import { nextTry, pauseAfter } from './retry-schedule.ts'
import type { Outcome } from './send-message.ts'

/** A message that a worker sends. */
export interface HeldDelivery {
  readonly id: WebhookDeliveryId
  readonly workspaceId: WorkspaceId
  readonly webhookId: WebhookId
  readonly kind: WebhookKind
  readonly type: WebhookMessageType
  readonly payload: string
  readonly address: EncryptedToken
  /** The newest first. */
  readonly secrets: readonly EncryptedToken[]
  /** Its number: an outcome counts only for the try that is the latest. */
  readonly attempt: number
  readonly tries: number
}

/** Takes the message that has waited longest and writes its try down before it begins; null when none is due. */
export async function claimDelivery(db: Db, now: Date, leaseMs: number): Promise<HeldDelivery | null> {
  const [id] = await claimRows<WebhookDeliveryId>(db, {
    table: 'webhook_deliveries',
    lease: 'lease_until',
    due: sql`state = 'waiting' and next_attempt_at <= ${now} and (by_hand or exists (
      select 1 from webhooks w where w.id = webhook_id and w.paused_at is null))`,
    first: sql`next_attempt_at`,
    now,
    leaseMs,
    limit: 1,
  })
  if (id === undefined) return null
  return inTransaction(db, async (tx) => {
    const row = await tx
      .updateTable('webhook_deliveries as d')
      .from('webhooks as w')
      .whereRef('w.id', '=', 'd.webhook_id')
      .where('d.id', '=', id)
      .where('d.state', '=', 'waiting')
      .set((eb) => ({ attempts: eb('d.attempts', '+', 1), tries: eb('d.tries', '+', 1), last_try_at: now }))
      .returning(['d.id', 'd.workspace_id', 'd.webhook_id', 'd.type', 'd.payload', 'd.attempts', 'd.tries'])
      .returning(['w.kind', 'w.address_encrypted', 'w.secret_encrypted'])
      .returning(['w.previous_secret_encrypted', 'w.previous_secret_until'])
      .executeTakeFirst()
    if (row === undefined) return null
    await tx
      .insertInto('webhook_attempts')
      .values({ delivery_id: id, attempt: row.attempts, workspace_id: row.workspace_id, at: now })
      .execute()
    const isPreviousValid = row.previous_secret_until !== null && row.previous_secret_until > now
    const secrets = [row.secret_encrypted, isPreviousValid ? row.previous_secret_encrypted : null]
    return {
      id: row.id,
      workspaceId: row.workspace_id,
      webhookId: row.webhook_id,
      kind: row.kind,
      type: row.type,
      payload: row.payload,
      address: row.address_encrypted,
      secrets: secrets.filter((secret) => secret !== null),
      attempt: row.attempts,
      tries: row.tries,
    }
  })
}

/** Keeps what became of a try, and what it means for the webhook: another try later, the end, a pause. */
export async function keepOutcome(
  db: Db,
  held: HeldDelivery,
  outcome: Outcome,
  times: { now: Date; tookMs: number },
): Promise<void> {
  const { now, tookMs } = times
  const again =
    outcome.isDelivered || held.type === 'webhook.test' ? null : nextTry(held.tries, now, outcome.retryAfterMs)
  await inTransaction(db, async (tx) => {
    // First, as everybody does who changes a webhook and what belongs to it: who removes it just now would else wait for this, and this for them.
    const webhook = await tx
      .selectFrom('webhooks')
      .where('workspace_id', '=', held.workspaceId)
      .where('id', '=', held.webhookId)
      .select('id')
      .forUpdate()
      .executeTakeFirst()
    if (webhook === undefined) return
    await tx
      .updateTable('webhook_attempts')
      .where('workspace_id', '=', held.workspaceId)
      .where('delivery_id', '=', held.id)
      .where('attempt', '=', held.attempt)
      .set({ status: outcome.status, error: outcome.error, took_ms: tookMs, answer: outcome.answer })
      .execute()
    const kept = await tx
      .updateTable('webhook_deliveries')
      .where('workspace_id', '=', held.workspaceId)
      .where('id', '=', held.id)
      .where('state', '=', 'waiting')
      .where('attempts', '=', held.attempt)
      .set({
        state: outcome.isDelivered ? 'delivered' : again === null ? 'failed' : 'waiting',
        next_attempt_at: again,
        lease_until: null,
        // What was sent by hand goes on by itself.
        by_hand: false,
        last_status: outcome.status,
        last_error: outcome.error,
        last_took_ms: tookMs,
        finished_at: again === null ? now : null,
      })
      .returning('id')
      .executeTakeFirst()
    if (kept === undefined) return
    await noteHealth(tx, held, outcome, now)
    await recordEvent(tx, held.workspaceId, { type: 'webhook-changed', webhookId: held.webhookId }, now)
  })
}

async function noteHealth(
  db: Db,
  { workspaceId, webhookId }: HeldDelivery,
  outcome: Outcome,
  now: Date,
): Promise<void> {
  const webhook = db.updateTable('webhooks').where('workspace_id', '=', workspaceId).where('id', '=', webhookId)
  if (outcome.isDelivered) {
    await webhook.set({ failures: 0, failing_since: null, last_sent_at: now }).execute()
    return
  }
  const changed = await webhook
    .set((eb) => ({
      failures: eb('failures', '+', 1),
      failing_since: eb.fn.coalesce('failing_since', eb.val(now)),
      last_sent_at: now,
    }))
    .returning('failing_since')
    .executeTakeFirst()
  const isLong = changed?.failing_since != null && later(changed.failing_since, pauseAfter) <= now
  if (!isLong && outcome.status !== 410) return
  await webhook
    .where('paused_at', 'is', null)
    .set({ paused_at: now, paused_reason: outcome.status === 410 ? 'gone' : 'failing' })
    .execute()
}
