/** A refusal in Amazon's form: rendered as `{code, details}`, or `{message, requestId}` for the accounts call. */
export class Refusal extends Error {
  readonly status: number
  readonly retryAfterSeconds: number | null

  constructor(status: number, details: string, retryAfterSeconds: number | null = null) {
    super(details)
    this.status = status
    this.retryAfterSeconds = retryAfterSeconds
  }
}
