import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Context } from '../context.ts'

/** A presigned link in S3's form under the host that the caller used, valid for the seconds of the settings. */
export function signedLink(ctx: Context, host: string, executionId: string, file: string): string {
  const date = ctx
    .now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Date': date,
    'X-Amz-Expires': String(ctx.settings.linkSeconds),
    'X-Amz-SignedHeaders': 'host',
  })
  const key = `${executionId}/${file}`
  query.set('X-Amz-Signature', signatureOf(ctx, key, query))
  return `http://${host}/s3/${key}?${query.toString()}`
}

/** S3's verdict on a link: its error code and sentence, or null when the link holds. */
export function faultOfLink(
  ctx: Context,
  key: string,
  query: URLSearchParams,
): { code: string; message: string } | null {
  const signed = new URLSearchParams(query)
  signed.delete('X-Amz-Signature')
  if (!equal(query.get('X-Amz-Signature') ?? '', signatureOf(ctx, key, signed)))
    return {
      code: 'SignatureDoesNotMatch',
      message: 'The request signature we calculated does not match the signature you provided.',
    }
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date') ?? '') ?? []
  const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  const expired = ctx.now().getTime() >= signedAt + Number(query.get('X-Amz-Expires')) * 1000
  return expired ? { code: 'AccessDenied', message: 'Request has expired' } : null
}

function signatureOf(ctx: Context, key: string, query: URLSearchParams): string {
  return createHmac('sha256', ctx.linkSecret).update(`${key}?${query.toString()}`).digest('hex')
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
