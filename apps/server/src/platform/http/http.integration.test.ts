import { gzipSync } from 'node:zlib'
import * as api from '@recomamp/contracts'
import { startWorld } from '@recomamp/testkit'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createLog } from '#platform/log/log.ts'
import { createMetrics } from '#platform/metrics/metrics.ts'
import { readSettings } from '#config.ts'
import { buildHttp } from './build-http.ts'
import { serve } from './serve.ts'

const json = { 'content-type': 'application/json' }

test('S-018, S-023, S-177, S-184, F-36: everything that goes wrong is a problem of RFC 9457 with a request id, a timing with an id in it too', async () => {
  await using world = await startWorld()
  const ana = await world.signIn('ana')
  const cases: [string, RequestInit, number, string][] = [
    ['/api/nothing', {}, 404, 'route-not-found'],
    ['/api', {}, 404, 'route-not-found'],
    ['/api/workflows', { method: 'DELETE' }, 405, 'method-not-allowed'],
    ['/api/workflows/not-a-uuid', {}, 400, 'input-invalid'],
    ['/api/workflows?limit=1000', {}, 400, 'input-invalid'],
    ['/api/workflows?unknown=1', {}, 400, 'input-invalid'],
    ['/api/auth/user?unknown=1', {}, 400, 'input-invalid'],
    ['/api/sessions/end-others', { method: 'POST', body: '{"unknown":1}', headers: json }, 400, 'input-invalid'],
    ['/api/workflows', { method: 'POST', body: '{"name":', headers: json }, 400, 'input-invalid'],
    [
      '/api/workflows',
      { method: 'POST', body: 'name=x', headers: { 'content-type': 'text/plain' } },
      400,
      'input-invalid',
    ],
    ['/api/workflows', { method: 'POST', body: '', headers: json }, 400, 'input-invalid'],
    [
      '/api/workflows',
      { method: 'POST', body: JSON.stringify('x'.repeat(5_000_000)), headers: json },
      413,
      'body-too-large',
    ],
    ['/api/%zz', {}, 400, 'input-invalid'],
    [`/api/workflows?q=${'x'.repeat(20_000)}`, {}, 431, 'head-too-large'],
    [`/api/workflows/${crypto.randomUUID()}`, {}, 404, 'workflow-not-found'],
  ]
  for (const [path, init, status, type] of cases) {
    const answer = await ana.fetch(path, init)
    const body = (await answer.json()) as api.ProblemBody
    expect([path, answer.status, body.type]).toEqual([path, status, `/problems/${type}`])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(body).toMatchObject({
      status,
      title: expect.any(String),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  }
  const timing = { kind: 'page-load', place: '/executions/$executionId', ms: 812 } as const
  await ana.call(api.reportTimings, { body: { timings: [timing] } })
  const tells = { timings: [{ ...timing, place: '/executions?q=a+name' }] }
  await expect(ana.call(api.reportTimings, { body: tells })).rejects.toMatchObject({
    type: 'input-invalid',
    errors: [{ path: 'timings.0.place' }],
  })
  const wrong = await ana.fetch('/api/workflows', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({
      name: '',
      sqlQuery: 'x',
      parameters: [{ name: '1x', type: 'STRING' }],
      values: {},
      instanceId: null,
    }),
  })
  const { errors } = (await wrong.json()) as api.ProblemBody
  expect(errors?.map((error) => error.path).toSorted()).toEqual(['name', 'parameters.0.name'])
})

test('a request that comes packed is not unpacked: it would be a way to send far more than is taken', async () => {
  await using world = await startWorld()
  const answer = await fetch(`${world.url()}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: gzipSync('{"provider":"sandbox"}'),
  })
  expect([answer.status, await answer.json()]).toMatchObject([400, { type: '/problems/input-invalid' }])
})

test('what no schema forbids and the database cannot hold is the fault of the request', async () => {
  await using world = await startWorld()
  const ana = await world.signIn('ana')
  const create = (part: object) =>
    ana.fetch('/api/workflows', {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ name: 'x', sqlQuery: 'x', parameters: [], values: {}, instanceId: null, ...part }),
    })
  const answers = [
    await ana.fetch(`/api/workflows/${crypto.randomUUID()}/versions/99999999999`),
    await create({ sqlQuery: 'a\u0000b' }),
    await create({ values: { a: 'a\u0000b' } }),
    await create({ values: { a: '\ud800' } }),
  ]
  for (const answer of answers)
    expect([answer.status, await answer.json()]).toMatchObject([400, { type: '/problems/input-invalid' }])
})

test('F-40: an address works with and without a slash at its end', async () => {
  await using world = await startWorld()
  const ana = await world.signIn('ana')
  expect((await ana.fetch('/api/workflows/')).status).toBe(200)
  expect((await ana.fetch('/api/auth/user/')).status).toBe(200)
})

test('S-021, S-125, S-126, S-127, S-175: security headers stand on every answer; HSTS in production only', async () => {
  await using world = await startWorld({ env: { ALLOWED_ORIGINS: 'https://app.example.com' } })
  const paths = [
    '/healthz',
    '/readyz',
    '/api/auth/providers',
    '/api/workflows',
    '/api/nothing',
    '/',
    '/nothing.js',
    '/api/docs',
    '/api/%zz',
  ]
  for (const path of paths) {
    const { headers } = await fetch(`${world.url()}${path}`)
    const policy = headers.get('content-security-policy') ?? ''
    expect({
      path,
      type: headers.get('x-content-type-options'),
      frame: headers.get('x-frame-options'),
      hsts: headers.get('strict-transport-security'),
      policy: /default-src 'none'/.test(policy) && !policy.includes('unsafe-'),
    }).toEqual({ path, type: 'nosniff', frame: 'DENY', hsts: null, policy: true })
  }
  const secret = 'x'.repeat(40)
  await using production = await startWorld({
    env: { ENVIRONMENT: 'production', PUBLIC_URL: 'https://amc.example.com', JWT_SECRET_KEY: secret, EMULATOR: 'off' },
  })
  const { headers } = await fetch(`${production.url()}/healthz`)
  expect(headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains')
  const login = await fetch(`${production.url()}/api/auth/login`, { method: 'POST', headers: json, body: '{}' })
  expect(login.headers.getSetCookie().join()).toMatch(/^__Secure-recomamp-sign-in-[^=]+=.*Secure/)
  const { authorizationUrl } = api.login.ok.body.parse(await login.json())
  expect(new URL(authorizationUrl).searchParams.get('redirect_uri')).toBe('https://amc.example.com/api/auth/callback')
})

test('S-022, S-218: only configured origins may read answers', async () => {
  await using world = await startWorld({ env: { ALLOWED_ORIGINS: 'https://app.example.com' } })
  const ask = (origin: string) => fetch(`${world.url()}/api/auth/providers`, { headers: { origin } })
  const allowed = await ask('https://app.example.com')
  expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example.com')
  expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
  const before = (origin: string) =>
    fetch(`${world.url()}/api/workflows`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    })
  expect((await before('https://app.example.com')).headers.get('access-control-allow-headers')).toContain(
    'authorization',
  )
  expect((await before('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
})

test('S-227: answers above one kilobyte are compressed', async () => {
  await using world = await startWorld()
  const ana = await world.signIn('ana')
  const large = await ana.fetch('/api/data-sources/schema', { headers: { 'accept-encoding': 'br' } })
  expect(large.headers.get('content-encoding')).toBe('br')
  const schema = await large.text()
  const codings = {
    'br;q=0': 'identity',
    'gzip, br;q=0.5': 'br',
    gzip: 'gzip',
    'gzip;q=0.0': 'identity',
    identity: 'identity',
    '': 'identity',
  }
  for (const [wanted, coding] of Object.entries(codings)) {
    const answer = await ana.fetch('/api/data-sources/schema', { headers: { 'accept-encoding': wanted } })
    expect([wanted, answer.headers.get('content-encoding') ?? 'identity']).toEqual([wanted, coding])
    expect((await answer.text()) === schema).toBe(true)
  }
  const small = await ana.fetch('/healthz', { headers: { 'accept-encoding': 'br' } })
  expect(small.headers.get('content-encoding')).toBeNull()
})

test('S-024: the API describes itself as OpenAPI 3.1, every endpoint of the contracts in it', async () => {
  await using world = await startWorld()
  const document = (await (await fetch(`${world.url()}/api/openapi.json`)).json()) as {
    openapi: string
    paths: Record<string, Record<string, { responses: Record<string, unknown> }>>
  }
  expect(document.openapi).toMatch(/^3\.1/)
  const endpoints = Object.values<unknown>(api).filter(isEndpoint)
  expect(endpoints.length).toBeGreaterThan(20)
  for (const endpoint of endpoints) {
    const path = document.paths[endpoint.path.replaceAll(/:(\w+)/g, '{$1}')]
    const answers = path?.[endpoint.method.toLowerCase()]?.responses ?? {}
    expect([endpoint.path, Object.keys(answers)]).toEqual([endpoint.path, [String(endpoint.ok.status), 'default']])
  }
  expect(JSON.stringify(document)).toContain('A problem (RFC 9457)')
})

test('a route that throws a problem which its endpoint does not list is found out', async () => {
  const told: string[] = []
  const app = await buildHttp({
    config: readSettings({}).config,
    redis: null,
    log: createLog('silent'),
    version: '0',
    webFolder: '/nowhere',
    metrics: createMetrics(),
    tracing: null,
    metricsToken: null,
    refreshMetrics: () => Promise.resolve(),
    identify: () => 'nobody',
    isReady: () => true,
    onUnlistedProblem: (message) => told.push(message),
  })
  const ask = api.endpoint({
    method: 'GET',
    path: '/api/ask',
    summary: 'ask',
    tag: 'test',
    auth: 'none',
    query: z.object({ type: z.enum(['workflow-not-found', 'version-not-found', 'input-invalid']) }),
    ok: { status: 200, body: z.object({ answer: z.string() }) },
    problems: ['workflow-not-found'],
  })
  serve(app, ask, ({ query }) => {
    throw new api.Problem(query.type)
  })
  for (const type of ask.query.shape.type.options) await app.inject(`/api/ask?type=${type}`)
  expect(told).toEqual(['GET /api/ask threw version-not-found, which its endpoint does not list'])
  await app.close()
})

test('S-184: an unexpected error shows nothing of the inside; an answer of another shape is an error', async () => {
  let logged = ''
  const app = await buildHttp({
    config: readSettings({}).config,
    redis: null,
    log: createLog('error', { write: (line) => (logged += line) }),
    version: '0',
    webFolder: '/nowhere',
    metrics: createMetrics(),
    tracing: null,
    metricsToken: null,
    refreshMetrics: () => Promise.resolve(),
    identify: () => 'nobody',
    isReady: () => false,
    onUnlistedProblem: () => undefined,
  })
  const make = (path: string) =>
    api.endpoint({
      method: 'GET',
      path,
      summary: 'x',
      tag: 'test',
      auth: 'none',
      ok: { status: 200, body: z.object({ answer: z.string() }) },
      problems: [],
    })
  serve(app, make('/api/throws'), () => {
    throw new Error('select secret from inside')
  })
  serve(app, make('/api/wrong'), () => JSON.parse('{"answer":1}'))
  for (const path of ['/api/throws', '/api/wrong']) {
    const answer = await app.inject(path)
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toMatch(/secret|inside|stack|expected string/i)
    expect(logged).toContain(answer.json<api.ProblemBody>().requestId)
  }
  expect(logged).toContain('select secret from inside')
  expect((await app.inject('/readyz')).statusCode).toBe(503)
  await app.close()
})

function isEndpoint(value: unknown): value is api.Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value
}
