import { AppEvent, type WebhookId } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Job } from '#platform/jobs/job.ts'
import { seconds } from '#platform/time.ts'
import { addDeliveries } from './deliveries.store.ts'
import { deliverWebhooksJobName } from './job-names.ts'
import { messagesOf } from './messages.ts'

const readAtOnce = 200

/** Makes deliveries of what has happened. Each webhook has its own place in the events of its workspace, which moves on in the
 *  transaction that writes its deliveries: nothing is missed and nothing is written twice, whichever process does it. */
export const collectWebhookEventsJob: Job = {
  name: 'collect-webhook-events',
  everyMs: seconds(1),
  async run(ctx, signal, beat) {
    for (const id of await webhooksWithNews(ctx)) {
      beat()
      while (!signal.aborted && (await collect(ctx, id)));
    }
  },
}

async function webhooksWithNews({ db }: Ctx): Promise<WebhookId[]> {
  const rows = await db
    .selectFrom('webhooks as w')
    .where('w.paused_at', 'is', null)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('events as e')
          .whereRef('e.workspace_id', '=', 'w.workspace_id')
          .whereRef('e.id', '>', 'w.last_event_id')
          .select('e.id'),
      ),
    )
    .select('w.id')
    .execute()
  return rows.map(({ id }) => id)
}

/** One part of the events of one webhook; answers whether there may be more. */
async function collect(ctx: Ctx, id: WebhookId): Promise<boolean> {
  const now = ctx.now()
  const count = await inTransaction(ctx.db, async (tx) => {
    const webhook = await tx
      .selectFrom('webhooks')
      .where('id', '=', id)
      .where('paused_at', 'is', null)
      .select(['workspace_id', 'events', 'last_event_id'])
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (webhook === undefined) return 0
    const { workspace_id: workspaceId } = webhook
    const rows = await tx
      .selectFrom('events')
      .where('workspace_id', '=', workspaceId)
      .where('id', '>', webhook.last_event_id)
      .orderBy('id')
      .limit(readAtOnce)
      .selectAll()
      .execute()
    const last = rows.at(-1)
    if (last === undefined) return 0
    const happenings = rows.flatMap((row) => {
      const event = AppEvent.safeParse(row.payload)
      return event.success ? [{ event: event.data, at: row.created_at }] : []
    })
    const wanted: readonly string[] = webhook.events
    const messages = await messagesOf(tx, workspaceId, happenings, ctx.config.webUrl ?? ctx.config.publicUrl)
    await addDeliveries(
      tx,
      messages
        .filter(({ type }) => wanted.includes(type))
        .map((message) => ({ workspaceId, webhookId: id, message, byHand: false })),
      now,
    )
    await tx.updateTable('webhooks').where('id', '=', id).set({ last_event_id: last.id }).execute()
    return rows.length
  })
  if (count > 0) ctx.wake(deliverWebhooksJobName)
  return count === readAtOnce
}
