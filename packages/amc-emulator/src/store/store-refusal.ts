import { requestId } from '../amc/request-id.ts'

/** A refusal of the store behind the links, rendered as S3's XML. */
export class StoreRefusal extends Error {
  readonly status: number
  readonly code: string
  /** Elements between the message and the request id, in S3's order. */
  readonly details: readonly (readonly [name: string, value: string])[]

  constructor(status: number, code: string, message: string, details: StoreRefusal['details'] = []) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }
}

/** S3's body of an error (Amazon S3 reference, "Error responses"). */
export function refusalXml(refusal: StoreRefusal, id: string): string {
  const elements = [
    ['Code', refusal.code],
    ['Message', refusal.message],
    ...refusal.details,
    ['RequestId', id],
    ['HostId', requestId(56)],
  ] as const
  const body = elements.map(([name, value]) => `<${name}>${escape(value)}</${name}>`).join('')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${body}</Error>`
}

/** What the store says to a status that a fault demands. */
export function refusalOfStatus(status: number): StoreRefusal {
  const known: Record<number, readonly [string, string]> = {
    403: ['AccessDenied', 'Request has expired'],
    404: ['NoSuchKey', 'The specified key does not exist.'],
    500: ['InternalError', 'We encountered an internal error. Please try again.'],
    503: ['SlowDown', 'Please reduce your request rate.'],
  }
  const [code, message] = known[status] ?? ['InternalError', 'We encountered an internal error. Please try again.']
  return new StoreRefusal(status, code, message)
}

function escape(text: string): string {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
