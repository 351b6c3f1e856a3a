/** What Login with Amazon's refusal means for us. */
export type LwaErrorKind =
  /** The code or the refresh token is used, late or revoked: the person signs in again. The only kind that ends a grant. */
  | 'invalid-grant'
  /** Client id and secret do not match: this installation's settings are wrong. */
  | 'invalid-client'
  /** The access token may not read the profile: the consent lacks the scope, or the token has expired. */
  | 'profile-refused'
  /** Any other refusal. */
  | 'refused'
  /** 429, 5xx or no answer: try later, keep everything. */
  | 'unavailable'
  | 'unreadable'

/** The one error of every call to Login with Amazon; carries Amazon's words, never a token. */
export class LwaError extends Error {
  readonly kind: LwaErrorKind
  readonly status: number | null
  /** OAuth 2.0's error word, such as `invalid_grant`. */
  readonly error: string | null
  readonly description: string | null
  /** Amazon's support asks for it. */
  readonly requestId: string | null
  readonly retryAfterMs: number | null

  constructor(
    kind: LwaErrorKind,
    operation: string,
    facts: {
      status?: number
      error?: string | null
      description?: string | null
      requestId?: string | null
      retryAfterMs?: number | null
      cause?: unknown
    } = {},
  ) {
    super(`Login with Amazon, ${operation}: ${kind}: ${facts.description ?? 'no description'}`, { cause: facts.cause })
    this.name = 'LwaError'
    this.kind = kind
    this.status = facts.status ?? null
    this.error = facts.error ?? null
    this.description = facts.description ?? null
    this.requestId = facts.requestId ?? null
    this.retryAfterMs = facts.retryAfterMs ?? null
  }
}
