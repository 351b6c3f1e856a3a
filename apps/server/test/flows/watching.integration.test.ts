import { createLog } from '@recomamp/server'
import * as api from '@recomamp/contracts'
import { eventually, freshDataDir, openTestDatabase, startServerProcess, startWorld } from '@recomamp/testkit'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import { aQuery, reached, run } from './runs.ts'
import { startReceiver } from './webhook-receiver.ts'

const token = 'a token for whoever watches'

async function metricsOf(url: string, headers: Record<string, string> = {}): Promise<string> {
  const answer = await fetch(`${url}/metrics`, { headers })
  expect(answer.status).toBe(200)
  return answer.text()
}

/** The value of a series, summed over the labels that are not named. */
function valueOf(text: string, name: string, ...labels: string[]): number {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
  const wanted = lines.filter((line) => labels.every((label) => line.includes(label)))
  return wanted.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

test('S-230, S-231, S-232, S-233, S-234: what is answered, asked, refused, renewed and waited for is measured', async () => {
  await using world = await startWorld({ env: { RATE_LIMIT_PER_MINUTE: '200' } })
  const ana = await world.signIn('ana')
  const execution = await run(ana, await aQuery(ana))
  await reached(ana, execution, 'completed')
  await ana.fetch('/api/executions/00000000-0000-4000-8000-000000000000')
  const timing = { kind: 'page-load', place: '/executions', ms: 300 } as const
  await ana.call(api.reportTimings, { body: { timings: [timing] } })
  for (let number = 0; number < 210; number++) await fetch(`${world.url()}/api/auth/providers`)
  world.clock.advance(61 * 60_000)
  const connection = await world.db.selectFrom('connections').select('id').executeTakeFirstOrThrow()
  const amc = await world.amcFor(connection.id)
  await acrossWorkspaces(async () => {
    for await (const _ of amc.listAccounts());
  })
  world.emulator.revoke('ana')
  world.clock.advance(61 * 60_000)
  const next = () => amc.listAccounts()[Symbol.asyncIterator]().next()
  await expect(acrossWorkspaces(next)).rejects.toMatchObject({ name: 'NeedsReconnect' })

  const text = await metricsOf(world.url())
  const at = (name: string, ...labels: string[]) => valueOf(text, `recomamp_${name}`, ...labels)
  const route = 'route="/api/executions/:executionId"'
  expect(at('http_request_duration_seconds_count', 'route="/api/workflows/:workflowId/execute"', 'status="202"')).toBe(
    1,
  )
  expect(at('http_request_duration_seconds_count', route, 'status="404"')).toBe(1)
  expect(text).not.toContain(execution.id)
  expect(at('database_query_duration_seconds_count', 'kind="select"', 'outcome="ok"')).toBeGreaterThan(5)
  expect(at('rate_limited_total', 'group="ordinary"', 'caller="address"')).toBeGreaterThanOrEqual(10)
  expect(at('token_refreshes_total', 'provider="sandbox"', 'outcome="renewed"')).toBeGreaterThanOrEqual(1)
  expect(at('token_refreshes_total', 'provider="sandbox"', 'outcome="invalid-grant"')).toBe(1)
  expect(at('connections_needing_reconnect', 'reason="revoked"')).toBe(1)
  expect(at('amc_call_duration_seconds_count', 'operation="createWorkflowExecution"', 'outcome="ok"')).toBe(1)
  expect(at('browser_duration_seconds_count', 'kind="page-load"', 'place="/executions"')).toBe(1)
  expect(at('queue_depth')).toBe(0)
  expect(at('poll_lag_seconds')).toBe(0)
  const beating = [...text.matchAll(/job_heartbeat_timestamp_seconds\{job="([\w-]+)"\}/g)].map(([, job]) => job)
  expect(beating).toEqual(expect.arrayContaining(['poll-executions', 'refresh-tokens', 'tell-events', 'cleanup']))
  expect(at('database_pool_limit')).toBe(world.databaseUrl === '' ? 0 : 10)

  // The page of the status tells the same to people.
  await ana.renew()
  const status = await eventually(async () => {
    const now = await ana.call(api.getStatus, {})
    return now.calls.operations.some(({ operation }) => operation === 'createWorkflowExecution') ? now : undefined
  })
  expect(status.loops.map(({ name }) => name)).toEqual(expect.arrayContaining(['poll-executions', 'deliver-webhooks']))
  expect(status.loops.filter(({ rounds }) => rounds.length === 0)).toEqual([])
  expect(status.calls.operations.find(({ operation }) => operation === 'createWorkflowExecution')).toMatchObject({
    sent: 1,
    refused: 0,
  })
  expect(status.installation).toMatchObject({ version: expect.any(String), processes: [{ role: 'all' }] })
  expect(status.installation.resultBytes).toBeGreaterThan(0)
  expect(status.work).toEqual({ executions: { queued: 0, atAmc: 0, fetching: 0 }, exports: 0, messages: 0 })

  // What waits is seen, with its age.
  await sql`update workflow_executions set status = 'queued', requested_at = ${new Date(world.clock.now().getTime() - 90_000)},
    next_attempt_at = ${new Date(world.clock.now().getTime() + 3_600_000)}, finished_at = null`.execute(world.db)
  const waiting = await metricsOf(world.url())
  expect(valueOf(waiting, 'recomamp_queue_depth', 'queue="executions"', 'state="queued"')).toBe(1)
  expect(valueOf(waiting, 'recomamp_queue_oldest_seconds', 'queue="executions"')).toBeGreaterThan(85)
  const { work, slots } = await ana.call(api.getStatus, {})
  expect(work.executions.queued).toBe(1)
  expect(slots.instances).toMatchObject([{ taken: 0, waiting: 1 }])
})

test('S-182, S-183: a failure is logged with who, where and its request id, and what nobody handles ends no process; metrics ask for their token', async () => {
  let logged = ''
  await using world = await startWorld({
    log: createLog('debug', { write: (line) => (logged += line) }),
    env: { METRICS_TOKEN: token },
  })
  const ana = await world.signIn('ana')
  await reached(ana, await run(ana, await aQuery(ana)), 'completed')
  await sql`alter table invitations rename to invitations_gone`.execute(world.db)
  const answer = await ana.fetch('/api/invitations')
  await sql`alter table invitations_gone rename to invitations`.execute(world.db)
  expect(answer.status).toBe(500)
  const { requestId } = (await answer.json()) as { requestId: string }
  const lines = logged.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]))
  const { id: userId, workspace } = await ana.call(api.getCurrentUser, {})
  expect(lines.find((line) => line['msg'] === 'a request failed unexpectedly')).toMatchObject({
    reqId: requestId,
    userId,
    workspaceId: workspace.id,
    route: '/api/invitations',
    method: 'GET',
  })
  expect(lines.find((line) => line['operation'] === 'createWorkflowExecution')).toMatchObject({
    connectionId: expect.any(String),
    instanceId: expect.any(String),
    entityId: expect.any(String),
    marketplaceId: expect.any(String),
    status: 200,
  })

  const closed = await fetch(`${world.url()}/metrics`)
  expect([closed.status, (await closed.text()).includes('recomamp_')]).toEqual([401, false])
  expect((await fetch(`${world.url()}/metrics`, { headers: { authorization: `Bearer ${token}x` } })).status).toBe(401)
  expect((await ana.fetch('/metrics')).status).toBe(401)
  await metricsOf(world.url(), { authorization: `Bearer ${token}` })

  // A process of its own, in which a rejection is left alone.
  const stray = 'setTimeout(() => Promise.reject(new Error("left alone")), 1)'
  const DATA_DIR = await freshDataDir()
  const database = await openTestDatabase(DATA_DIR)
  await using server = await startServerProcess({
    DATA_DIR,
    ...database.env,
    EMULATOR: 'off',
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`setInterval(() => { if (process.listenerCount("unhandledRejection") > 0) ${stray} }, 500).unref()`)}`,
  })
  await eventually(() => Promise.resolve(server.output().includes('left alone')))
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  expect(await metricsOf(server.url)).toContain('nodejs_eventloop_lag_seconds')
  const forwarded = await fetch(`${server.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.7' } })
  expect(forwarded.status).toBe(401)
  await server.stop()
  await database.drop()
})

test('requests, their statements and calls to AMC are told to a collector of traces, in the trace of the caller', async () => {
  await using collector = await startReceiver()
  await using world = await startWorld({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_HEADERS: 'api-key=for the collector' },
  })
  const ana = await world.signIn('ana')
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  await ana.fetch('/api/workflows?limit=5', { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } })
  await reached(ana, await run(ana, await aQuery(ana)), 'completed')
  await world.restart()
  const spans = collector.arrived.flatMap(({ body }) => spansOf(body))
  const request = spans.find((span) => span.name === 'GET /api/workflows')!
  expect(request).toMatchObject({ traceId, parentSpanId: 'b7ad6b7169203331' })
  const statements = spans.filter((span) => span.parentSpanId === request.spanId)
  expect(statements.map(({ name }) => name)).toContain('select')
  expect(new Set(statements.map((span) => span.traceId))).toEqual(new Set([traceId]))
  expect(spans.map(({ name }) => name)).toContain('createWorkflowExecution')
  expect(collector.arrived[0]?.headers['api-key']).toBe('for the collector')
  expect(JSON.stringify(collector.arrived)).not.toMatch(/Atza|Bearer|eyJ/)
})

interface TracedSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
}

function spansOf(body: string): TracedSpan[] {
  const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: TracedSpan[] }[] }[] }
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
}
