import { readErrorBody } from '@recomamp/amc-wire'
import { AmcError } from './amc-error.ts'
import type { AmcErrorKind, AnswerAsCame, SentIds } from './amc-error.ts'
import { type AmcRequest, sentIdsOf } from './amc-request.ts'

/** An answer with its body read, apart from any network. */
export interface RawAnswer {
  status: number
  headers: Pick<Headers, 'get' | 'entries'>
  body: string
}

/** The answer's value, or the AmcError that it means. Read by content: the media types of real answers vary. */
export function readAnswer<Answer>(request: AmcRequest<Answer>, raw: RawAnswer, now: Date): Answer {
  if (raw.status < 200 || raw.status > 299)
    throw refusal(request.operation, raw, request.method !== 'GET', now, {
      sent: sentIdsOf(request),
      answer: asCame(raw),
    })
  try {
    return request.read(raw.body.trim() === '' ? {} : storable(raw.body))
  } catch (cause) {
    throw new AmcError('unreadable', request.operation, {
      status: raw.status,
      amcRequestId: requestIdOf(raw),
      lost: request.method !== 'GET',
      sent: sentIdsOf(request),
      answer: asCame(raw),
      detail: 'the answer has another form than Amazon has published or been seen to send',
      cause,
    })
  }
}

/** The JSON of a body without what no database stores: NUL and halves of surrogate pairs, written as escapes. One such sign in a name
 *  or a reason would otherwise keep every answer about its instance from being kept. */
function storable(body: string): unknown {
  if (!/\\u(?:0000|d[89a-f])/i.test(body)) return JSON.parse(body)
  return JSON.parse(body, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '\uFFFD').toWellFormed() : value,
  )
}

/** The error that a status outside 200 to 299 means. A change that met 5xx may have been carried out. */
export function refusal(
  operation: string,
  raw: RawAnswer,
  changes: boolean,
  now: Date,
  about: { sent: SentIds | null; answer: AnswerAsCame } | null = null,
): AmcError {
  const { message, requestId } = readErrorBody(raw.body)
  return new AmcError(kindOf(raw.status), operation, {
    status: raw.status,
    amcMessage: message,
    amcRequestId: requestIdOf(raw) ?? requestId,
    retryAfterMs: retryAfterOf(raw.headers.get('retry-after'), now),
    lost: changes && raw.status >= 500,
    detail: 'the answer has no text',
    ...about,
  })
}

/** The most of a body that is kept for people. */
const longestKept = 100_000

function asCame({ status, headers, body }: RawAnswer): AnswerAsCame {
  return {
    status,
    headers: Object.fromEntries([...headers.entries()].filter(([name]) => name !== 'set-cookie')),
    body: body.slice(0, longestKept).replaceAll('\0', '\uFFFD').toWellFormed(),
  }
}

/** `x-amz-rid`, which every recorded answer carries. */
export function requestIdOf(raw: Pick<RawAnswer, 'headers'>): string | null {
  return raw.headers.get('x-amz-rid') ?? raw.headers.get('x-amz-request-id')
}

/** Milliseconds of a Retry-After header, given in seconds or as a date (RFC 9110); null where absent or unreadable. */
export function retryAfterOf(header: string | null, now: Date): number | null {
  if (header === null) return null
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime())
}

function kindOf(status: number): AmcErrorKind {
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not-found'
  if (status === 429) return 'throttled'
  if (status >= 500) return 'unavailable'
  return status >= 400 ? 'refused' : 'unreadable'
}
