import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Context } from '../context.ts'
import { StoreRefusal } from './store-refusal.ts'

/** A presigned link in S3's form on the store's own address, valid for the seconds of the settings. */
export function signedLink(ctx: Context, hostname: string, executionId: string, file: string): string {
  const date = ctx
    .now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `ASIASANDBOXSANDBOX00/${date.slice(0, 8)}/us-east-1/s3/aws4_request`,
    'X-Amz-Date': date,
    'X-Amz-Expires': String(ctx.settings.linkSeconds),
    'X-Amz-SignedHeaders': 'host',
  })
  const key = `${executionId}/${file}`
  query.set('X-Amz-Signature', signatureOf(ctx, 'GET', key, query))
  return `http://${hostname}:${ctx.storePort}/results/${key}?${query.toString()}`
}

/** Refuses as S3 does: a request that is not the one that was signed (the method counts too), then one that comes too late. */
export function demandSigned(ctx: Context, method: string, key: string, query: URLSearchParams): void {
  const given = query.get('X-Amz-Signature')
  if (given === null) throw new StoreRefusal(403, 'AccessDenied', 'Access Denied')
  const signed = new URLSearchParams(query)
  signed.delete('X-Amz-Signature')
  if (!equal(given, signatureOf(ctx, method, key, signed)))
    throw new StoreRefusal(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      [
        ['AWSAccessKeyId', query.get('X-Amz-Credential')?.split('/')[0] ?? ''],
        ['SignatureProvided', given],
      ],
    )
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date') ?? '') ?? []
  const seconds = query.get('X-Amz-Expires') ?? '0'
  const expires = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) + Number(seconds) * 1000
  const now = ctx.now()
  if (now.getTime() < expires) return
  const text = (instant: Date) => instant.toISOString().replace(/\.\d+Z$/, 'Z')
  throw new StoreRefusal(403, 'AccessDenied', 'Request has expired', [
    ['X-Amz-Expires', seconds],
    ['Expires', text(new Date(expires))],
    ['ServerTime', text(now)],
  ])
}

function signatureOf(ctx: Context, method: string, key: string, query: URLSearchParams): string {
  return createHmac('sha256', ctx.linkSecret).update(`${method}\n${key}?${query.toString()}`).digest('hex')
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
