import { Problem, type Webhook, type WebhookId, WebhookId as Id, type WorkspaceId } from '@recomamp/contracts'
import { type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import { type EncryptedToken, decryptToken } from '#platform/crypto/tokens.ts'
import type { Db } from '#platform/db/tables.ts'
import { cutPage, readCursor } from '#platform/http/cursor.ts'
import { shownAddress } from './webhook-address.ts'

const Place = z.tuple([z.iso.datetime(), Id])

/** A page of the workspace's webhooks in the order in which they were added. */
export async function pageOfWebhooks(
  db: Db,
  workspaceId: WorkspaceId,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  keys: readonly string[],
) {
  const after = readCursor(cursor, Place)
  const rows = await withFigures(db, workspaceId)
    .$if(after !== null, (some) =>
      some.where(sql<SqlBool>`(w.created_at, w.id) > (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('w.created_at')
    .orderBy('w.id')
    .limit(limit + 1)
    .execute()
  const { total } = await db
    .selectFrom('webhooks')
    .where('workspace_id', '=', workspaceId)
    .select((eb) => eb.fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow()
  const page = cutPage(rows, limit, (row) => [row.created_at.toISOString(), row.id])
  return { items: page.rows.map((row) => toWebhook(row, keys)), total: Number(total), nextCursor: page.nextCursor }
}

/** A webhook of the workspace; a Problem webhook-not-found. */
export async function requireWebhook(
  db: Db,
  workspaceId: WorkspaceId,
  id: WebhookId,
  keys: readonly string[],
): Promise<Webhook> {
  const row = await withFigures(db, workspaceId).where('w.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Problem('webhook-not-found')
  return toWebhook(row, keys)
}

/** The kind and the address in the clear, for who is about to change it; a Problem webhook-not-found. */
export async function requireKind(db: Db, workspaceId: WorkspaceId, id: WebhookId) {
  const row = await db
    .selectFrom('webhooks')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .select(['kind', 'address_encrypted'])
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw new Problem('webhook-not-found')
  return row
}

function withFigures(db: Db, workspaceId: WorkspaceId) {
  const count = (state: 'waiting' | 'delivered' | 'failed') =>
    sql<string>`count(*) filter (where d.state = ${sql.lit(state)})`.as(state)
  return db
    .selectFrom('webhooks as w')
    .leftJoin('users as u', 'u.id', 'w.created_by')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('webhook_deliveries as d')
          .whereRef('d.webhook_id', '=', 'w.id')
          .select([count('waiting'), count('delivered'), count('failed')])
          .select(sql<Date | null>`min(d.next_attempt_at) filter (where d.state = 'waiting')`.as('next_try'))
          .as('f'),
      (join) => join.onTrue(),
    )
    .where('w.workspace_id', '=', workspaceId)
    .selectAll('w')
    .select([
      'u.name as creator_name',
      'u.email as creator_email',
      'f.waiting',
      'f.delivered',
      'f.failed',
      'f.next_try',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof withFigures>['execute']>>[number]

function toWebhook(row: Row, keys: readonly string[]): Webhook {
  return {
    id: row.id,
    kind: row.kind,
    address: shownAddress(row.kind, openAddress(row.address_encrypted, keys)),
    events: row.events,
    state: stateOf(row),
    pausedReason: row.paused_reason,
    pausedAt: row.paused_at?.toISOString() ?? null,
    failingSince: row.failing_since?.toISOString() ?? null,
    failures: row.failures,
    lastSentAt: row.last_sent_at?.toISOString() ?? null,
    nextTryAt: row.paused_at === null ? (row.next_try?.toISOString() ?? null) : null,
    sent: Number(row.delivered ?? 0),
    waiting: Number(row.waiting ?? 0),
    lost: Number(row.failed ?? 0),
    previousSecretUntil: row.previous_secret_until?.toISOString() ?? null,
    createdBy: { id: row.created_by, name: row.creator_name, email: row.creator_email },
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

function stateOf(row: Row): Webhook['state'] {
  if (row.paused_at !== null) return 'paused'
  if (row.failures > 0) return 'failing'
  return row.last_sent_at === null ? 'new' : 'working'
}

/** An address in the clear. */
export function openAddress(address: EncryptedToken, keys: readonly string[]): string {
  return decryptToken(address, keys)
}
