/** What went wrong with a call, by what the caller can do about it. */
export type AmcErrorKind =
  /** 401 after the token was renewed once. */
  | 'unauthorized'
  /** 403: wrong account, missing right, terms not accepted, or a download link that has expired. */
  | 'forbidden'
  /** 400 and every other 4xx: repeating it changes nothing. */
  | 'refused'
  | 'not-found'
  /** 429: wait for `retryAfterMs`, or grow the pause. */
  | 'throttled'
  /** 5xx. */
  | 'unavailable'
  /** No answer: network, time-out, or the caller's signal. */
  | 'unreachable'
  /** An answer that is not what the service has ever been seen to send. */
  | 'unreadable'

/** Whom a call was for: what Amazon compares when it answers 403. */
export interface SentIds {
  /** Amazon's instance id; null for calls that are not about one instance. */
  readonly instanceId: string | null
  readonly entityId: string
  readonly marketplaceId: string
}

/** What a service answered, as it came; without cookies, and cut where it is longer than anybody reads. */
export interface AnswerAsCame {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The one error of every AMC call. Carries Amazon's words and request id, never a token. */
export class AmcError extends Error {
  readonly kind: AmcErrorKind
  readonly operation: string
  readonly status: number | null
  /** Amazon's sentence, as it came. */
  readonly amcMessage: string | null
  /** `x-amz-rid`: Amazon's support asks for it. */
  readonly amcRequestId: string | null
  readonly retryAfterMs: number | null
  /** True when a change may have been carried out although its answer did not arrive or could not be read. */
  readonly lost: boolean
  /** Null for calls that name no account. */
  readonly sent: SentIds | null
  /** Null where no answer came, and of downloads, whose answers tell keys of Amazon S3. */
  readonly answer: AnswerAsCame | null

  constructor(
    kind: AmcErrorKind,
    operation: string,
    facts: {
      status?: number | null
      amcMessage?: string | null
      amcRequestId?: string | null
      retryAfterMs?: number | null
      lost?: boolean
      sent?: SentIds | null
      answer?: AnswerAsCame | null
      cause?: unknown
      detail?: string
    } = {},
  ) {
    const status = facts.status ?? null
    const words = facts.amcMessage ?? facts.detail ?? 'no answer'
    const sent = facts.sent ?? null
    const ids = kind === 'forbidden' && sent !== null ? ` (sent: ${wordsOf(sent)})` : ''
    super(`${operation}: ${kind}${status === null ? '' : ` (${status})`}: ${words}${ids}`, { cause: facts.cause })
    this.name = 'AmcError'
    this.kind = kind
    this.operation = operation
    this.status = status
    this.amcMessage = facts.amcMessage ?? null
    this.amcRequestId = facts.amcRequestId ?? null
    this.retryAfterMs = facts.retryAfterMs ?? null
    this.lost = facts.lost ?? false
    this.sent = sent
    this.answer = facts.answer ?? null
  }
}

function wordsOf({ instanceId, entityId, marketplaceId }: SentIds): string {
  return `${instanceId === null ? '' : `instance ${instanceId}, `}entity ${entityId}, marketplace ${marketplaceId}`
}
