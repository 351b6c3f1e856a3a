import type { Route, Schema } from '../flows/openapi-walk.ts'

/** A request as it goes over the wire: nothing in it is mended on its way. */
export interface HostileRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | null
}

/** Ids of things that exist, by the name that parameters and fields have for them. */
export type KnownIds = Readonly<Record<string, readonly string[]>>

type Random = () => number

const texts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\uD800',
  '\u202Eright to left',
  '👩‍👩‍👧‍👦',
  '\u0130\u0131ßſ',
  "'; drop table users; --",
  '%',
  '%00',
  '../../../etc/passwd',
  '\\',
  '{{x}}',
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  'https://127.0.0.1/',
  'null',
  'NaN',
  '-1',
  '1e309',
  '__proto__',
  'constructor',
  '0000-00-00',
  '2026-02-30T25:61:61Z',
  '+275760-09-13T00:00:00.001Z',
  '9999-12-31T23:59:59.999Z',
  'America/Nowhere',
  '00000000-0000-0000-0000-000000000000',
  'x'.repeat(300),
  'x'.repeat(100_000),
  'select campaign from dsp_impressions '.repeat(50),
  `SELECT ${'('.repeat(600)}1${')'.repeat(600)} FROM dsp_impressions`,
  'SELECT campaign, COUNT(DISTINCT user_id) AS users FROM dsp_impressions GROUP BY campaign',
] as const

const others = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e308,
  [],
  {},
  [null],
  [[[[]]]],
  { constructor: 1 },
  JSON.parse('{"__proto__": {"role": "owner"}}') as unknown,
  Array.from({ length: 2000 }, (_, at) => at),
] as const

/** A request to a route: one that fits its schemas, one that nearly does, or one that never should arrive. */
export function hostileRequest(route: Route, known: KnownIds, random: Random): HostileRequest {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const anything = (): unknown => (random() < 0.6 ? pick(texts) : pick(others))
  /** How much of the request is made up. */
  const malice = pick([0, 0.05, 0.3, 0.9])
  const isOdd = () => random() < malice

  function value(name: string, schema: Schema, depth = 0): unknown {
    if (isOdd()) return oddValue(name)
    const variants = schema.oneOf ?? schema.anyOf
    if (variants !== undefined && variants.length > 0) return value(name, pick(variants), depth)
    if (schema.const !== undefined) return schema.const
    if (schema.enum !== undefined) return pick(schema.enum)
    switch (schema.type) {
      case 'object':
        return object(schema, depth)
      case 'array':
        return Array.from({ length: (schema.minItems ?? 0) + Math.floor(random() * 3) }, () =>
          value(name, schema.items ?? {}, depth + 1),
        )
      case 'integer':
      case 'number':
        return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1) + Math.floor(random() * 20)
      case 'boolean':
        return random() < 0.5
      case 'null':
        return null
      default:
        return text(name, schema)
    }
  }

  function object(schema: Schema, depth: number): Record<string, unknown> {
    const required = new Set(schema.required ?? [])
    const entries = Object.entries(schema.properties ?? {}).flatMap(([key, inner]): [string, unknown][] => {
      const isThere = required.has(key) ? !isOdd() : random() < 0.5 && depth < 6
      return isThere ? [[key, value(key, inner, depth + 1)]] : []
    })
    if (isOdd()) entries.push([pick(['unknown', '__proto__', 'toString', '', 'workspaceId']), anything()])
    return Object.fromEntries(entries)
  }

  function text(name: string, schema: Schema): string {
    const ids = known[name] ?? (schema.format === 'uuid' ? Object.values(known).flat() : undefined)
    if (ids !== undefined && ids.length > 0 && random() < 0.9) return pick(ids)
    if (schema.format === 'uuid') return crypto.randomUUID()
    if (schema.format === 'date-time') return '2026-10-01T00:00:00Z'
    if (name === 'sqlQuery' || name === 'sql') return texts[texts.length - 1] ?? ''
    if (random() < 0.3) return pick(['a', 'Impressions', 'campaign', 'dsp_impressions', 'UTC', '2026-10-01', '1'])
    return pick(texts)
  }

  /** Places in a list and conditions are texts with something inside. */
  function oddValue(name: string): unknown {
    if (name === 'cursor') return Buffer.from(JSON.stringify([anything(), anything()])).toString('base64url')
    if (random() < 0.2) return JSON.stringify(random() < 0.5 ? anything() : [{ field: anything(), is: anything() }])
    return anything()
  }

  const written = (given: unknown): string => {
    const plain = typeof given === 'string' ? given : (JSON.stringify(given) ?? '')
    return encodeURIComponent(plain.toWellFormed().slice(0, 5000))
  }
  let path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const schema = route.parameters.find((one) => one.in === 'path' && one.name === name)?.schema ?? {}
    return (isOdd() ? pick(['%', '%ff', '%2e%2e', '%00', '']) : written(value(name, schema))) || '%20'
  })
  const query = route.parameters.flatMap(({ name, in: place, required, schema }) => {
    const isThere = place === 'query' && (required === true ? !isOdd() : random() < 0.5)
    if (!isThere) return []
    const pair = `${encodeURIComponent(name)}=${written(value(name, schema))}`
    return isOdd() ? [pair, pair] : [pair]
  })
  if (isOdd()) query.push(pick(['unknown=1', '=', '&&', '%', 'limit=', 'cursor=%00', 'limit=1&limit=2', '[]=x']))
  if (query.length > 0) path += `?${query.join('&')}`
  if (isOdd() && random() < 0.1) path = `${path}${pick(['/', '//', '/..', '/%2e%2e', '#x', `?${'x'.repeat(20_000)}`])}`

  const headers: Record<string, string> = {}
  if (isOdd()) {
    const [name, content] = pick([
      ['idempotency-key', 'x'.repeat(500)],
      ['idempotency-key', 'same'],
      ['if-none-match', '*'],
      ['if-none-match', 'W/"'],
      ['if-match', '"nothing"'],
      ['range', 'bytes=5-1'],
      ['accept-encoding', 'br;q=nonsense, *;q=0'],
      ['content-encoding', 'gzip'],
      ['x-forwarded-for', '<script>'],
      ['origin', 'null'],
      ['cookie', '%%%=;;;=%00'],
      ['accept', 'text/html'],
    ] as const)
    headers[name] = content
  }
  const schema = route.bodies.length === 0 ? undefined : pick(route.bodies)
  if (schema === undefined && !isOdd()) return { method: route.method, path, headers, body: null }
  headers['content-type'] = isOdd()
    ? pick(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16', 'nonsense'])
    : 'application/json'
  return { method: route.method, path, headers, body: body() }

  function body(): Buffer {
    const content = Buffer.from(JSON.stringify(value('', schema ?? {})) ?? 'null')
    if (!isOdd()) return content
    switch (pick(['cut', 'bytes', 'deep', 'huge', 'empty', 'list', 'twice'] as const)) {
      case 'cut':
        return content.subarray(0, Math.floor(random() * content.length))
      case 'bytes':
        return Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])
      case 'deep':
        return Buffer.from(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)
      case 'huge':
        return Buffer.alloc(4.5 * 1024 * 1024, 0x20)
      case 'empty':
        return Buffer.alloc(0)
      case 'list':
        return Buffer.from(`[${content.toString()}]`)
      case 'twice':
        return Buffer.from(content.toString().replace('{', '{"name":1,"name":2,'))
    }
  }
}
