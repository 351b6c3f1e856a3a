import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import {
  type Execution,
  ExecutionStatus,
  finalStatuses,
  getExecution,
  getResults,
  type Instance,
  listExecutions,
  listInstances,
  Problem,
  type Workflow,
} from '@recomamp/contracts'
import { type DatabaseKind, eventually, type Person, type ServerProcess } from '@recomamp/testkit'
import { aQuery, ended, run } from '../flows/runs.ts'
import { chaosEnv, chaosSettings, faultMix } from './fault-mix.ts'
import { openStage, type Role, type Stage } from './stage.ts'

export interface ChaosOptions {
  database: DatabaseKind
  /** The server processes and what each does. */
  roles: readonly Role[]
  runs: number
  /** Fixes which calls the faults meet and when which server is killed. */
  seed: number
  /** Between two kills, in seconds: at least, and how much more at most. */
  killEvery: readonly [least: number, more: number]
  /** Ends the story early: it then throws the reason, after everything was cleaned up. */
  signal?: AbortSignal
  /** Told now and then how far it is. */
  progress?: (line: string) => void
}

/** What a disturbed row of runs came to. */
export interface ChaosReport {
  seconds: number
  /** By the role of the server that was killed. */
  kills: Partial<Record<Role, number>>
  /** Calls that the emulator answered or disturbed, by operation. */
  calls: Record<string, number>
  /** Calls that met a fault, by fault. */
  faults: Record<string, number>
  /** How many runs ended with which status. */
  endings: Record<string, number>
  /** Executions that the emulator accepted for these runs. */
  accepted: number
  rowsCompared: number
  /** Different checksums of stored results, over all instances. */
  checksums: number
  instances: number
  /** Everything that is not as it must be; empty when all is well. */
  deviations: string[]
}

const names = ['Tidewater Trail Shoes', 'Tidewater Kitchen', 'Tidewater Trail Shoes UK', 'Tidewater Tea']
const window = { start: '2026-10-20T00:00:00', end: '2026-10-27T00:00:00', timeZone: 'UTC' }
/** Each run of it has the same rows in the same order, over several parts: only an order makes DuckDB's groups come alike. */
const ordered =
  'SELECT campaign, SUM(impressions) AS impressions\nFROM dsp_impressions\nGROUP BY campaign\nORDER BY campaign'
/** Every tenth run ends badly at Amazon, because its numbers grow beyond what a LONG holds. */
const failing =
  'SELECT campaign, SUM(impressions) * 9000000000000000000 AS impressions\nFROM dsp_impressions\nGROUP BY campaign'
const failingEach = 10
/** What a run may go through more than once: a call that Amazon did not take puts it back into the queue. */
const repeatable: readonly ExecutionStatus[] = ['queued', 'submitting']

/** A machine may stand still for minutes in a long story. */
const patienceMs = 600_000

interface Started {
  id: Execution['id']
  instance: Instance
  trueEnd: ExecutionStatus
}

/** Runs under all faults at once while servers are killed at random, and what became of every one in the end. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const emulatorOptions = [
    ...chaosSettings.flatMap((setting) => ['--setting', setting]),
    '--fault-seed',
    String(options.seed),
  ]
  const { database, roles, signal } = options
  await using stage = await openStage({ database, roles, env: chaosEnv, emulatorOptions })
  const over = new AbortController()
  const stopped = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('stopped', { cause: signal.reason })), { once: true })
  })
  try {
    return await Promise.race([disturb(stage, options, over.signal), stopped])
  } finally {
    over.abort()
  }
}

async function disturb(stage: Stage, options: ChaosOptions, over: AbortSignal): Promise<ChaosReport> {
  const { roles, runs, progress = () => undefined } = options
  const servers: ServerProcess[] = []
  for (const at of roles.keys()) servers.push(await stage.start(at))
  const answering = roles.flatMap((role, at) => (role === 'worker' ? [] : [at]))
  const ana = await stage.ana(answering[0] ?? 0)
  const callers = { turn: 0, of: () => answering.flatMap((at) => servers[at] ?? []) }
  const instances = await fourInstances(ana)
  const queries = { completed: await aQuery(ana, ordered), failed: await aQuery(ana, failing) }
  const expected = await undisturbed(ana, queries.completed, instances)
  const before = await control(stage, 'counts')
  for (const fault of faultMix) await control(stage, 'faults', fault)
  progress(`${servers.length} servers run, ${expected.size} undisturbed runs have their rows`)

  const begun = performance.now()
  const passed = () => Math.round((performance.now() - begun) / 1000)
  const ending = new AbortController()
  const kills: ChaosReport['kills'] = {}
  const killing = killAtRandom(stage, servers, { ...options, kills }, AbortSignal.any([over, ending.signal]))
  const started: Started[] = []
  for (let number = 0; number < runs; number += 1) {
    const instance = instances[number % instances.length]!
    const trueEnd = number % failingEach === failingEach - 1 ? 'failed' : 'completed'
    const execute = () =>
      run(ana, queries[trueEnd], { instanceId: instance.id, window }, { 'idempotency-key': `chaos-${number}` })
    const { id } = await insist(ana, callers, execute)
    started.push({ id, instance, trueEnd })
  }
  for (let told = 0, ends = 0; ends < runs; await wait(1000)) {
    over.throwIfAborted()
    const each = finalStatuses.map((status) => insist(ana, callers, () => totalOf(ana, status)))
    ends = (await Promise.all(each)).reduce((sum, total) => sum + total, -expected.size)
    if (passed() < told + 10) continue
    told = passed()
    progress(`${told} s: ${ends} of ${runs} have ended, ${countsOf(kills)}`)
  }
  const seconds = passed()
  ending.abort()
  await killing
  await control(stage, 'faults', null)
  progress(`${seconds} s: all have ended, ${countsOf(kills)}; comparing`)

  const counts = await control(stage, 'counts')
  const report: ChaosReport = {
    seconds,
    kills,
    calls: difference(counts['call'], before['call']),
    faults: counts['fault'] ?? {},
    endings: {},
    accepted: 0,
    rowsCompared: 0,
    checksums: 0,
    instances: instances.length,
    deviations: [],
  }
  for (const one of started) {
    const params = { executionId: one.id }
    const execution = await insist(ana, callers, () => ana.call(getExecution, { params }))
    const { status, amcWorkflowId } = execution
    const times = counts['execution']?.[amcWorkflowId] ?? 0
    report.endings[status] = (report.endings[status] ?? 0) + 1
    report.accepted += times
    if (status !== one.trueEnd) report.deviations.push(`${one.id} ended as ${status} in place of ${one.trueEnd}`)
    if (times !== 1) report.deviations.push(`${one.id} was accepted ${times} times`)
    if (status !== 'completed') continue
    const { digest, rows } = await insist(ana, callers, () => digestOf(ana, one.id))
    report.rowsCompared += rows
    if (digest !== expected.get(one.instance.id)?.digest) report.deviations.push(`${one.id} has other rows`)
  }
  for (const server of servers) await server.stop('SIGTERM')
  await compareStored(stage, started, expected, report)
  return report
}

/** What the database says: the checksums of the stored results, and which changes were told. */
async function compareStored(
  stage: Stage,
  started: readonly Started[],
  expected: ReadonlyMap<Instance['id'], Undisturbed>,
  report: ChaosReport,
): Promise<void> {
  const checksums = await stage.checksums()
  const completed = started.filter(({ trueEnd }) => trueEnd === 'completed')
  report.checksums = new Set(completed.map(({ id }) => checksums.get(id))).size
  for (const { id, instance } of completed)
    if (checksums.get(id) !== checksums.get(expected.get(instance.id)?.id ?? ''))
      report.deviations.push(`${id} has another checksum`)
  for (const status of ExecutionStatus.options) {
    const told = await stage.told(status)
    for (const { id, trueEnd } of started) {
      const times = told.get(id) ?? 0
      const isRight = status === trueEnd ? times === 1 : times <= 1 || repeatable.includes(status)
      if (!isRight) report.deviations.push(`${id} was told to be ${status} ${times} times`)
    }
  }
}

async function totalOf(ana: Person, status: ExecutionStatus): Promise<number> {
  const { total } = await ana.call(listExecutions, { query: { limit: 1, status } })
  return total
}

function fourInstances(ana: Person): Promise<Instance[]> {
  return eventually(async () => {
    const { items } = await ana.call(listInstances, { query: { limit: 100 } })
    const found = items.filter(({ name }) => names.includes(name))
    return found.length === names.length && found
  }, patienceMs)
}

interface Undisturbed {
  id: Execution['id']
  digest: string
}

async function undisturbed(
  ana: Person,
  query: Workflow,
  instances: readonly Instance[],
): Promise<Map<Instance['id'], Undisturbed>> {
  const done = new Map<Instance['id'], Undisturbed>()
  for (const { id: instanceId } of instances) {
    const { id } = await ended(ana, await run(ana, query, { instanceId, window }), patienceMs)
    done.set(instanceId, { id, digest: (await digestOf(ana, id)).digest })
  }
  return done
}

/** Over all rows in their order. */
async function digestOf(ana: Person, executionId: Execution['id']): Promise<{ digest: string; rows: number }> {
  const { rows } = await ana.call(getResults, { params: { executionId }, query: { limit: 1000 } })
  if (rows.length === 0) throw new Error(`execution ${executionId} has no rows`)
  return { digest: createHash('sha256').update(JSON.stringify(rows)).digest('hex'), rows: rows.length }
}

/** Kills a server at random and starts it again, until the end; counts the kills. */
async function killAtRandom(
  stage: Stage,
  servers: ServerProcess[],
  { roles, seed, killEvery: [least, more], kills }: ChaosOptions & Pick<ChaosReport, 'kills'>,
  signal: AbortSignal,
): Promise<void> {
  const random = seeded(seed)
  for (;;) {
    await wait((least + random() * more) * 1000, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
    const at = Math.floor(random() * servers.length)
    const role = roles[at] ?? 'all'
    await servers[at]?.stop('SIGKILL')
    if (signal.aborted) return
    kills[role] = (kills[role] ?? 0) + 1
    servers[at] = await stage.start(at)
  }
}

interface Callers {
  turn: number
  of(): readonly ServerProcess[]
}

/** Asks the servers by turns until one answers, as a browser behind a load balancer would. */
function insist<T>(ana: Person, callers: Callers, ask: () => Promise<T>): Promise<T> {
  return eventually(async () => {
    const servers = callers.of()
    ana.baseUrl = servers[(callers.turn += 1) % servers.length]?.url ?? ana.baseUrl
    return { answer: await ask().catch((error: unknown) => renewed(ana, error)) }
  }, patienceMs).then(({ answer }) => answer)
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

function countsOf(kills: ChaosReport['kills']): string {
  const count = Object.values(kills).reduce((sum, times) => sum + times, 0)
  return count === 1 ? '1 kill' : `${count} kills`
}

function difference(after: Record<string, number> = {}, before: Record<string, number> = {}): Record<string, number> {
  return Object.fromEntries(Object.entries(after).map(([key, times]) => [key, times - (before[key] ?? 0)]))
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
