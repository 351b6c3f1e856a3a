import { z } from 'zod'
import { maybe, text } from './tolerant.ts'

/** Every error shape of the service in one: reporting and instances use `code` and `details`, accounts and gateways `message`. */
const ErrorBody = z.object({
  code: maybe(text),
  details: maybe(text),
  message: maybe(text),
  error_description: maybe(text),
  requestId: maybe(text),
})

/** The sentence and the request id in an error's body, whatever its shape; bodies that are not JSON are the sentence themselves. */
export function readErrorBody(body: string): { message: string | null; requestId: string | null } {
  const parsed = ErrorBody.safeParse(jsonOf(body))
  const fields = parsed.success ? parsed.data : null
  const xml = /<Message>([^<]*)<\/Message>/.exec(body)?.[1]
  const message = fields?.details ?? fields?.message ?? fields?.error_description ?? xml ?? body.trim().slice(0, 2000)
  return { message: message === '' ? null : message, requestId: fields?.requestId ?? null }
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
