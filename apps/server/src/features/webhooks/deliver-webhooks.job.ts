import type { Ctx } from '#context.ts'
import { tellEventsJobName } from '#features/events/index.ts'
import { FernetFault } from '#platform/crypto/fernet.ts'
import { decryptToken } from '#platform/crypto/tokens.ts'
import type { Job } from '#platform/jobs/job.ts'
import { inLanes } from '#platform/jobs/lanes.ts'
import { seconds } from '#platform/time.ts'
import { messageIdOf } from './deliveries.store.ts'
import { type HeldDelivery, claimDelivery, keepOutcome } from './delivering.store.ts'
import { deliverWebhooksJobName } from './job-names.ts'
import type { Channels, Outcome } from './send-message.ts'

/** Longer than any try takes, so that a live worker is never overtaken. */
const lease = seconds(15)
/** A receiver that hangs holds up no other. */
const lanes = 8

/** Sends what is due; one worker at a time holds a message. A process that is killed while it sends leaves a lease that lapses: the
 *  message goes once more, under the same id. */
export function deliverWebhooksJob(channels: Channels): Job {
  return {
    name: deliverWebhooksJobName,
    everyMs: seconds(1),
    run: (ctx, signal, beat) =>
      inLanes(signal, {
        beat,
        lanes,
        everyMs: seconds(0.5),
        claim: () => claimDelivery(ctx.db, ctx.now(), lease),
        work: (held) => deliver(ctx, channels, held),
        onFault: (error) => ctx.log.error({ err: error }, 'work on a message failed'),
      }),
  }
}

async function deliver(ctx: Ctx, channels: Channels, held: HeldDelivery): Promise<void> {
  const begun = performance.now()
  const outcome = await send(ctx, channels, held)
  const tookMs = Math.round(performance.now() - begun)
  await keepOutcome(ctx.db, held, outcome, { now: ctx.now(), tookMs })
  ctx.metrics.deliveries.inc({ channel: held.kind, outcome: outcome.isDelivered ? 'delivered' : 'failed' })
  const { id: deliveryId, webhookId, type, attempt } = held
  const level = outcome.isDelivered ? 'info' : 'warn'
  ctx.log[level]({ deliveryId, webhookId, type, attempt, status: outcome.status, ms: tookMs }, 'a message was sent')
  ctx.wake(tellEventsJobName)
}

async function send(ctx: Ctx, channels: Channels, held: HeldDelivery): Promise<Outcome> {
  try {
    const open = (secret: HeldDelivery['address']) => decryptToken(secret, ctx.secrets.fernetKeys)
    const sending = {
      ...held,
      address: open(held.address),
      secrets: held.secrets.map(open),
      messageId: messageIdOf(held.id),
    }
    return await channels.send(sending, ctx.now())
  } catch (error) {
    if (!(error instanceof FernetFault)) throw error
    const words = 'The stored address cannot be opened: the key of this installation is another one'
    return { isDelivered: false, status: null, error: words, answer: null, retryAfterMs: null }
  }
}
