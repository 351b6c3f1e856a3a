import { join } from 'node:path'
import { signInAt } from '@recomamp/testkit'
import autocannon from 'autocannon'
import { onPostgres, type Place } from './database.ts'
import { atLeast, atMost, type Figure, median } from './figure.ts'
import { seedWorkflows } from './p1-seed.ts'
import { cpuSeconds, freePort, startUntil, stop } from './processes.ts'

const root = join(import.meta.dirname, '..')
const rounds = 5
const secondsEach = 5

interface Load {
  requestsPerSecond: number
  cpuMsPerRequest: number
  p99Ms: number
}

/** P1: the signed-in list of workflows against a bare service that answers the same JSON, in turns on one PostgreSQL. */
export function measureList(): Promise<Figure[]> {
  return onPostgres('P1', 'list of workflows on PostgreSQL', measureOn)
}

async function measureOn({ databaseUrl, port, key, env }: Place): Promise<Figure[]> {
  const ports = { app: port, bare: await freePort(), open: await freePort() }
  const app = await startUntil('ready ', process.execPath, [join(root, 'apps/server/src/main.ts')], { env })
  const server = `http://127.0.0.1:${ports.app}`
  const { accessToken: token } = await signInAt(server, 'ana')
  const workspaceId = await seedWorkflows(databaseUrl)
  const bareArguments = [
    join(import.meta.dirname, 'bare-service.ts'),
    databaseUrl,
    key,
    workspaceId,
    String(ports.bare),
  ]
  const bare = await startUntil('ready', process.execPath, bareArguments)
  // The same program as a role that policies do not bind; what is measured is what they cost.
  const open = await startUntil('ready ', process.execPath, [join(root, 'apps/server/src/main.ts')], {
    env: { ...env, DATABASE_URL: databaseUrl, PORT: String(ports.open), EMULATOR: 'off' },
  })
  const runs: { app: Load; bare: Load; open: Load }[] = []
  const once = (port: number, pid: number | undefined) =>
    load(`http://127.0.0.1:${port}/api/workflows?limit=25`, token, pid ?? 0)
  try {
    await sameAnswer(ports, token)
    await once(ports.app, app.process.pid)
    await once(ports.bare, bare.process.pid)
    await once(ports.open, open.process.pid)
    for (let round = 0; round < rounds; round += 1)
      runs.push({
        app: await once(ports.app, app.process.pid),
        bare: await once(ports.bare, bare.process.pid),
        open: await once(ports.open, open.process.pid),
      })
  } finally {
    await stop(bare.process)
    await stop(open.process)
    await stop(app.process)
  }
  const ratio = (read: (load: Load) => number, of: 'app' | 'open' = 'app') =>
    median(runs.map((run) => read(run[of]) / read(run.bare)))
  return [
    atLeast(
      'P1',
      'list of workflows, throughput against the bare service',
      ratio((load) => load.requestsPerSecond),
      0.7,
      ' ×',
    ),
    atMost(
      'P1',
      'list of workflows, CPU a request against the bare service',
      ratio((load) => load.cpuMsPerRequest),
      1.5,
      ' ×',
    ),
    atMost(
      'P1',
      'list of workflows, p99 against the bare service',
      ratio((load) => load.p99Ms),
      1,
      ' ×',
    ),
    {
      id: 'P1',
      what: 'the same without row-level security: throughput, CPU a request, p99',
      measured: [
        ratio((load) => load.requestsPerSecond, 'open'),
        ratio((load) => load.cpuMsPerRequest, 'open'),
        ratio((load) => load.p99Ms, 'open'),
      ]
        .map((figure) => `${figure.toFixed(2)} ×`)
        .join(', '),
      target: '',
      verdict: 'for information',
    },
  ]
}

/** Both must answer the same; a faster service that answers less would prove nothing. */
async function sameAnswer(ports: { app: number; bare: number }, token: string): Promise<void> {
  const read = async (port: number): Promise<{ items: unknown[]; total: number }> => {
    const headers = { authorization: `Bearer ${token}` }
    const response = await fetch(`http://127.0.0.1:${port}/api/workflows?limit=25`, { headers })
    return (await response.json()) as { items: unknown[]; total: number }
  }
  const [ours, bare] = [await read(ports.app), await read(ports.bare)]
  if (JSON.stringify([ours.total, sorted(ours.items)]) !== JSON.stringify([bare.total, sorted(bare.items)]))
    throw new Error(
      `the two services answer differently:\n${JSON.stringify(ours).slice(0, 600)}\n${JSON.stringify(bare).slice(0, 600)}`,
    )
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}

async function load(url: string, token: string, pid: number): Promise<Load> {
  const before = cpuSeconds(pid)
  const result = await autocannon({
    url,
    connections: 20,
    duration: secondsEach,
    headers: { authorization: `Bearer ${token}` },
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} bad answers, ${result.errors} errors`)
  const total = result.requests.total
  return {
    requestsPerSecond: result.requests.average,
    cpuMsPerRequest: ((cpuSeconds(pid) - before) * 1000) / total,
    p99Ms: result.latency.p99,
  }
}
