/** Where files lie in an S3-compatible store. */
export interface S3Place {
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  /** Before every name; empty for none. */
  readonly prefix: string
  /** Null where the machine has a role, or the environment of AWS's own tools names the key. */
  readonly key: { readonly id: string; readonly secret: string } | null
}

/** Reads `https://KEY:SECRET@HOST/BUCKET/PREFIX?region=REGION`; what is wrong with it, in words that hold no secret, otherwise. */
export function readS3Place(text: string): S3Place | string {
  if (!URL.canParse(text)) return 'must be an address such as https://KEY:SECRET@s3.eu-central-1.amazonaws.com/BUCKET'
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https:// or http://'
  const [bucket = '', ...prefix] = url.pathname.split('/').filter((part) => part !== '')
  if (bucket === '') return 'must name a bucket behind the host: https://HOST/BUCKET'
  if ((url.username === '') !== (url.password === '')) return 'must hold both parts of the key, or none'
  const ofAws = /(?:^|\.)s3[.-]([a-z0-9-]+)\.amazonaws\.com$/.exec(url.hostname)
  return {
    endpoint: url.origin,
    region: url.searchParams.get('region') ?? ofAws?.[1] ?? 'us-east-1',
    bucket,
    prefix: prefix.join('/'),
    key:
      url.username === '' ? null : { id: decodeURIComponent(url.username), secret: decodeURIComponent(url.password) },
  }
}
