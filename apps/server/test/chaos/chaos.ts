import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import {
  type Execution,
  getExecution,
  getExecutionStatus,
  getResults,
  type Instance,
  isFinal,
  listInstances,
  Problem,
  type Workflow,
} from '@recomamp/contracts'
import { type DatabaseKind, eventually, type Person, type ServerProcess } from '@recomamp/testkit'
import { aQuery, ended, run } from '../flows/runs.ts'
import { chaosEnv, chaosSettings, faultMix } from './fault-mix.ts'
import { openStage, type Stage } from './stage.ts'

export interface ChaosOptions {
  database: DatabaseKind
  runs: number
  /** Fixes which calls the faults meet and when which server is killed. */
  seed: number
  /** Between two kills, in seconds: at least, and how much more at most. */
  killEvery: readonly [least: number, more: number]
}

/** What a disturbed row of runs came to. */
export interface ChaosReport {
  seconds: number
  kills: number
  calls: number
  renewals: number
  /** How many runs ended with which status. */
  endings: Record<string, number>
  /** Sent more than once, or never. */
  notOnce: string[]
  /** Completed with other rows than the undisturbed run of their instance. */
  wrongRows: string[]
  /** Whose end was told more or less than once. */
  notToldOnce: string[]
}

const names = ['Tidewater Trail Shoes', 'Tidewater Kitchen', 'Tidewater Trail Shoes UK', 'Tidewater Tea']
const window = { start: '2026-10-20T00:00:00', end: '2026-10-27T00:00:00', timeZone: 'UTC' }

/** Runs under all faults at once while servers are killed at random, and what became of every one in the end. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const settings = [...chaosSettings.flatMap((setting) => ['--setting', setting]), '--fault-seed', String(options.seed)]
  await using stage = await openStage(options.database, chaosEnv, settings)
  const servers = [await stage.start(0)]
  const ana = await stage.ana(0)
  if (options.database === 'postgresql') servers.push(await stage.start(1))
  const instances = await fourInstances(ana)
  const query = await aQuery(ana)
  const expected = await undisturbed(ana, query, instances)
  for (const fault of faultMix) await control(stage, 'faults', fault)

  const begun = performance.now()
  const over = new AbortController()
  const killing = killAtRandom(stage, servers, options, over.signal)
  const callers = { at: 0, of: servers }
  const started: { id: Execution['id']; instance: Instance }[] = []
  for (let number = 0; number < options.runs; number += 1) {
    const instance = instances[number % instances.length]!
    const execute = () => run(ana, query, { instanceId: instance.id, window }, { 'idempotency-key': `chaos-${number}` })
    const { id } = await insist(ana, callers, execute)
    started.push({ id, instance })
  }
  for (const { id } of started)
    await eventually(async () => {
      const params = { executionId: id }
      const { status } = await insist(ana, callers, () => ana.call(getExecutionStatus, { params }))
      return isFinal(status) || (await wait(200))
    }, 900_000)
  const seconds = Math.round((performance.now() - begun) / 1000)
  over.abort()
  const kills = await killing
  await control(stage, 'faults', null)

  const counts = await control(stage, 'counts')
  const report: ChaosReport = {
    seconds,
    kills,
    calls: Object.values(counts['call'] ?? {}).reduce((sum, times) => sum + times, 0),
    renewals: counts['call']?.['createToken'] ?? 0,
    endings: {},
    notOnce: [],
    wrongRows: [],
    notToldOnce: [],
  }
  for (const { id, instance } of started) {
    const params = { executionId: id }
    const { status, amcWorkflowId } = await insist(ana, callers, () => ana.call(getExecution, { params }))
    report.endings[status] = (report.endings[status] ?? 0) + 1
    if (counts['execution']?.[amcWorkflowId] !== 1) report.notOnce.push(id)
    const rows = status === 'completed' ? await insist(ana, callers, () => checksum(ana, id)) : null
    if (rows !== expected.get(instance.id)) report.wrongRows.push(id)
  }
  for (const server of servers) await server.stop('SIGTERM')
  const told = await stage.told('completed')
  report.notToldOnce = started.filter(({ id }) => told.get(id) !== 1).map(({ id }) => id)
  return report
}

function fourInstances(ana: Person): Promise<Instance[]> {
  return eventually(async () => {
    const { items } = await ana.call(listInstances, { query: { limit: 100 } })
    const found = items.filter(({ name }) => names.includes(name))
    return found.length === names.length && found
  })
}

async function undisturbed(ana: Person, query: Workflow, instances: readonly Instance[]): Promise<Map<string, string>> {
  const checksums = new Map<string, string>()
  for (const { id: instanceId } of instances) {
    const done = await ended(ana, await run(ana, query, { instanceId, window }), 60_000)
    checksums.set(instanceId, await checksum(ana, done.id))
  }
  return checksums
}

/** Over all rows, whatever their order: AMC promises none. */
async function checksum(ana: Person, executionId: Execution['id']): Promise<string> {
  const { rows } = await ana.call(getResults, { params: { executionId }, query: { limit: 1000 } })
  const lines = rows.map((row) => JSON.stringify(row)).sort()
  if (lines.length === 0) throw new Error(`execution ${executionId} has no rows`)
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}

/** Kills a server at random and starts it again, until the end; gives the number of kills. */
async function killAtRandom(
  stage: Stage,
  servers: ServerProcess[],
  { seed, killEvery: [least, more] }: ChaosOptions,
  signal: AbortSignal,
): Promise<number> {
  const random = seeded(seed)
  for (let kills = 0; ; kills += 1) {
    await wait((least + random() * more) * 1000, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return kills
    const at = Math.floor(random() * servers.length)
    await servers[at]?.stop('SIGKILL')
    servers[at] = await stage.start(at)
  }
}

/** Asks the servers by turns until one answers, as a browser behind a load balancer would; only a refusal is the end. */
function insist<T>(
  ana: Person,
  callers: { at: number; of: readonly ServerProcess[] },
  ask: () => Promise<T>,
): Promise<T> {
  return eventually(async () => {
    ana.baseUrl = callers.of[(callers.at += 1) % callers.of.length]?.url ?? ana.baseUrl
    return { answer: await ask().catch((error: unknown) => renewed(ana, error)) }
  }).then(({ answer }) => answer)
}

async function renewed(ana: Person, error: unknown): Promise<never> {
  if (error instanceof Problem && error.status === 401) await ana.renew()
  throw error
}

/** Numbers that a seed fixes (a linear congruence; moments of kills need no better). */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

type Counts = Record<string, Record<string, number> | undefined>

/** Reads or changes something at the emulator; null as a body deletes. */
export async function control(stage: Stage, path: string, body?: object | null): Promise<Counts> {
  const method = body === undefined ? 'GET' : body === null ? 'DELETE' : 'POST'
  const answer = await fetch(`${stage.emulator.facts.url}/_emulator/${path}`, {
    method,
    ...(method === 'POST' && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`/_emulator/${path} answered ${answer.status}`)
  return answer.status === 204 ? {} : ((await answer.json()) as Counts)
}
