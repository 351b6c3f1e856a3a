import { randomBytes } from 'node:crypto'
import {
  type BodyOf,
  Problem,
  type ReplyOf,
  type Webhook,
  type WebhookDelivery,
  type WebhookDeliveryId,
  WebhookId,
  type createWebhook,
  type renewWebhookSecret,
  type updateWebhook,
} from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvent } from '#features/events/index.ts'
import { PlainToken, encryptToken } from '#platform/crypto/tokens.ts'
import type { Tx } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { hours, later } from '#platform/time.ts'
import { addDeliveries, sendAgain } from './deliveries.store.ts'
import { deliverWebhooksJobName } from './job-names.ts'
import { testMessage } from './messages.ts'
import { demandPossible, shownAddress } from './webhook-address.ts'
import { openAddress, requireKind, requireWebhook } from './webhooks.store.ts'

/** More would be a mistake of a program. */
const mostOfAWorkspace = 50
/** How long the secret before still signs beside the new one. */
const oldSecretLife = hours(24)

/** Tells an address of what happens from now on; the secret is in this answer only. */
export async function addWebhook(
  ctx: Ctx,
  who: Member,
  { kind, address, events }: BodyOf<typeof createWebhook>,
): Promise<ReplyOf<typeof createWebhook>> {
  demandPossible(kind, address, ctx.config)
  const now = ctx.now()
  const secret = kind === 'webhook' ? newSecret() : null
  const id = WebhookId.parse(crypto.randomUUID())
  await inTransaction(ctx.db, async (tx) => {
    const { count } = await tx
      .selectFrom('webhooks')
      .where('workspace_id', '=', who.workspaceId)
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow()
    if (Number(count) >= mostOfAWorkspace)
      throw new Problem(
        'webhook-not-possible',
        `A workspace has at most ${mostOfAWorkspace}; remove one that is not needed`,
      )
    await tx
      .insertInto('webhooks')
      .values({
        id,
        workspace_id: who.workspaceId,
        kind,
        address_encrypted: encrypted(ctx, address, now),
        secret_encrypted: secret === null ? null : encrypted(ctx, secret, now),
        events: JSON.stringify(events),
        last_event_id: await newestEvent(tx, who),
        created_by: who.userId,
        created_at: now,
        updated_at: now,
      })
      .execute()
    await note(tx, who, 'webhook-added', id, shownAddress(kind, address), now, { kind, events })
  })
  return { webhook: await requireWebhook(ctx.db, who.workspaceId, id, ctx.secrets.fernetKeys), secret }
}

/** Changes what is given and leaves the rest; resumed, it goes on with what happens from now on. */
export async function changeWebhook(
  ctx: Ctx,
  who: Member,
  id: WebhookId,
  body: BodyOf<typeof updateWebhook>,
): Promise<Webhook> {
  const now = ctx.now()
  await inTransaction(ctx.db, async (tx) => {
    const { kind, address_encrypted: before } = await requireKind(tx, who.workspaceId, id)
    if (body.address !== undefined) demandPossible(kind, body.address, ctx.config)
    const address = body.address ?? openAddress(before, ctx.secrets.fernetKeys)
    await tx
      .updateTable('webhooks')
      .where('workspace_id', '=', who.workspaceId)
      .where('id', '=', id)
      .set({
        ...(body.address === undefined
          ? {}
          : { address_encrypted: encrypted(ctx, body.address, now), failures: 0, failing_since: null }),
        ...(body.events === undefined ? {} : { events: JSON.stringify(body.events) }),
        ...(body.paused === true ? { paused_at: now, paused_reason: 'person' as const } : {}),
        updated_at: now,
      })
      .execute()
    if (body.paused === false)
      await tx
        .updateTable('webhooks')
        .where('workspace_id', '=', who.workspaceId)
        .where('id', '=', id)
        .where('paused_at', 'is not', null)
        .set({
          paused_at: null,
          paused_reason: null,
          failures: 0,
          failing_since: null,
          last_event_id: await newestEvent(tx, who),
        })
        .execute()
    const { address: _, ...detail } = body
    await note(tx, who, 'webhook-changed', id, shownAddress(kind, address), now, detail)
  })
  ctx.wake(deliverWebhooksJobName)
  return requireWebhook(ctx.db, who.workspaceId, id, ctx.secrets.fernetKeys)
}

/** Makes a new secret; the one before signs for a day beside it. */
export async function renewSecret(ctx: Ctx, who: Member, id: WebhookId): Promise<ReplyOf<typeof renewWebhookSecret>> {
  const now = ctx.now()
  const secret = newSecret()
  await inTransaction(ctx.db, async (tx) => {
    const { kind, address_encrypted: address } = await requireKind(tx, who.workspaceId, id)
    if (kind !== 'webhook') throw new Problem('webhook-not-possible', 'Only what is sent as a webhook is signed')
    await tx
      .updateTable('webhooks')
      .where('workspace_id', '=', who.workspaceId)
      .where('id', '=', id)
      .set((eb) => ({
        previous_secret_encrypted: eb.ref('secret_encrypted'),
        previous_secret_until: later(now, oldSecretLife),
        secret_encrypted: encrypted(ctx, secret, now),
        updated_at: now,
      }))
      .execute()
    await note(tx, who, 'webhook-secret-renewed', id, openAddress(address, ctx.secrets.fernetKeys), now)
  })
  return { webhook: await requireWebhook(ctx.db, who.workspaceId, id, ctx.secrets.fernetKeys), secret }
}

/** Removes it with everything that was sent to it. */
export async function removeWebhook(ctx: Ctx, who: Member, id: WebhookId): Promise<void> {
  const now = ctx.now()
  await inTransaction(ctx.db, async (tx) => {
    const { kind, address_encrypted: address } = await requireKind(tx, who.workspaceId, id)
    await tx.deleteFrom('webhooks').where('workspace_id', '=', who.workspaceId).where('id', '=', id).execute()
    await note(tx, who, 'webhook-removed', id, shownAddress(kind, openAddress(address, ctx.secrets.fernetKeys)), now)
  })
}

/** Lets a worker send a test message, also to one that is paused. */
export async function sendTest(ctx: Ctx, who: Member, id: WebhookId): Promise<WebhookDelivery> {
  const now = ctx.now()
  const delivery = await inTransaction(ctx.db, async (tx) => {
    const { kind, address_encrypted: address } = await requireKind(tx, who.workspaceId, id)
    const row = { workspaceId: who.workspaceId, webhookId: id, message: testMessage(now), byHand: true }
    const [made] = await addDeliveries(tx, [row], now)
    if (made === undefined) throw new Error('a test message was not written')
    await note(tx, who, 'webhook-tested', id, shownAddress(kind, openAddress(address, ctx.secrets.fernetKeys)), now)
    return made
  })
  ctx.wake(deliverWebhooksJobName)
  return delivery
}

/** Sends one message again, or everything that did not get through, under the ids that they had. */
export async function resend(
  ctx: Ctx,
  who: Member,
  id: WebhookId,
  which: WebhookDeliveryId | 'all-that-failed',
): Promise<WebhookDelivery[]> {
  const now = ctx.now()
  const sent = await inTransaction(ctx.db, async (tx) => {
    const { kind, address_encrypted: address } = await requireKind(tx, who.workspaceId, id)
    const rows = await sendAgain(tx, who.workspaceId, id, which, now)
    if (rows.length === 0 && which !== 'all-that-failed') throw new Problem('webhook-not-found')
    const name = shownAddress(kind, openAddress(address, ctx.secrets.fernetKeys))
    await note(tx, who, 'webhook-redelivered', id, name, now, { count: rows.length })
    return rows
  })
  ctx.wake(deliverWebhooksJobName)
  return sent
}

type Action = Exclude<Parameters<typeof recordAudit>[2], readonly unknown[]>['action']

async function note(
  tx: Tx,
  who: Member,
  action: Action,
  id: WebhookId,
  name: string,
  now: Date,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await recordAudit(tx, who, { action, object: { kind: 'webhook', id, name }, detail }, now)
  await recordEvent(tx, who.workspaceId, { type: 'webhook-changed', webhookId: id }, now)
}

/** What a transaction that is still open adds comes after it, and is told. */
async function newestEvent(tx: Tx, { workspaceId }: Member): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select coalesce(max(id), 0)::text as id from events where workspace_id = ${workspaceId}`.execute(tx)
  return rows[0]?.id ?? '0'
}

/** 32 random bytes as Standard Webhooks writes a secret. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

function encrypted(ctx: Ctx, text: string, now: Date) {
  return encryptToken(PlainToken.parse(text), ctx.secrets.fernetKeys, now)
}
