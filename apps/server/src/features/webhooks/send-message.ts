import { type WebhookKind, type WebhookMessageType } from '@recomamp/contracts'
import { createTransport } from 'nodemailer'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { AddressRefused, type Outbound } from '#platform/outbound/outbound.ts'
import { seconds } from '#platform/time.ts'
import { textOfMessage } from './message-text.ts'

/** Far below the lease of a delivery. */
const sendLimit = seconds(10)

/** What is sent, and where to. */
export interface Sending {
  readonly kind: WebhookKind
  readonly address: string
  /** The newest first; empty for kinds that are not signed. */
  readonly secrets: readonly string[]
  readonly messageId: string
  readonly type: WebhookMessageType
  readonly payload: string
}

/** What became of one try. */
export interface Outcome {
  readonly isDelivered: boolean
  readonly status: number | null
  readonly error: string | null
  readonly answer: string | null
  /** The receiver's wish for when it is tried again. */
  readonly retryAfterMs: number | null
}

export interface Channels {
  send(sending: Sending, now: Date): Promise<Outcome>
  close(): Promise<void>
}

/** The ways out of this installation. `smtpUrl` is the operator's own mail server. */
export function createChannels(outbound: Outbound, mail: { smtpUrl: string | null; from: string | null }): Channels {
  const transport =
    mail.smtpUrl === null
      ? null
      : createTransport({
          url: mail.smtpUrl,
          connectionTimeout: seconds(5),
          greetingTimeout: seconds(5),
          socketTimeout: seconds(5),
        })

  async function sendLetter({ address, type, payload, messageId }: Sending): Promise<Outcome> {
    if (transport === null || mail.from === null)
      return failed('This installation has no mail server: SMTP_URL is not set')
    const { subject, text } = textOfMessage(type, payload)
    const sent = await transport.sendMail({
      from: mail.from,
      to: { name: '', address },
      subject,
      text,
      messageId: `<${messageId}@recomamp>`,
      headers: { 'auto-submitted': 'auto-generated' },
    })
    return {
      isDelivered: true,
      status: Number(sent.response.slice(0, 3)) || null,
      error: null,
      answer: sent.response,
      retryAfterMs: null,
    }
  }

  async function post(sending: Sending, now: Date): Promise<Outcome> {
    const body =
      sending.kind === 'slack'
        ? JSON.stringify({ text: textOfMessage(sending.type, sending.payload).text })
        : sending.payload
    const answer = await outbound.post(sending.address, {
      headers: { 'content-type': 'application/json', 'user-agent': 'RecomAMP', ...signatureOf(sending, now) },
      body,
      timeoutMs: sendLimit,
    })
    const isDelivered = answer.status >= 200 && answer.status < 300
    const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`)
    return {
      isDelivered,
      status: answer.status,
      error: isDelivered ? null : wordsFor(answer.status),
      answer: [`HTTP ${answer.status}`, ...lines, '', answer.body].join('\n').slice(0, 8000),
      retryAfterMs: retryAfterOf(answer.headers['retry-after'], now),
    }
  }

  return {
    async send(sending, now) {
      try {
        return await (sending.kind === 'email' ? inTime(sendLetter(sending)) : post(sending, now))
      } catch (error) {
        return failed(reasonOf(error))
      }
    },
    async close() {
      transport?.close()
      await outbound.close()
    },
  }
}

/** A mail server that answers each of its lines slowly must not outlast the lease. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`No answer within ${sendLimit / 1000} seconds`)), sendLimit)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Standard Webhooks: each secret that is still valid signs, so that a receiver can change to the new one in its own time. */
function signatureOf({ secrets, messageId, payload }: Sending, now: Date): Record<string, string> {
  if (secrets.length === 0) return {}
  // The library signs whole seconds, and the header must name the same ones.
  const second = new Date(Math.floor(now.getTime() / 1000) * 1000)
  return {
    'webhook-id': messageId,
    'webhook-timestamp': String(second.getTime() / 1000),
    'webhook-signature': secrets
      .map((secret) => new StandardWebhook(secret).sign(messageId, second, payload))
      .join(' '),
  }
}

function wordsFor(status: number): string {
  if (status >= 300 && status < 400) return `It answered ${status}, a redirect, which is not followed`
  return status === 410 ? 'It answered 410: it wants no more messages' : `It answered ${status}`
}

function failed(error: string): Outcome {
  return { isDelivered: false, status: null, error, answer: null, retryAfterMs: null }
}

/** The deepest message of an error: undici's own says little. What is wrong inside a mail server's answer is its own words. */
function reasonOf(error: unknown): string {
  let deepest: unknown = error
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause
  if (!(deepest instanceof Error)) return 'It could not be sent'
  if (deepest instanceof AddressRefused) return deepest.message
  if (deepest.name === 'TimeoutError') return `No answer within ${sendLimit / 1000} seconds`
  return deepest.message.slice(0, 500)
}

function retryAfterOf(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null
  if (/^\d+$/.test(header)) return seconds(Number(header))
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime())
}
