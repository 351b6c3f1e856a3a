import { setTimeout as wait } from 'node:timers/promises'
import { type ExecutionStatus, finalStatuses, getExecution, listExecutions } from '@recomamp/contracts'
import { type DatabaseKind, eventually, type Person, type ServerProcess } from '@recomamp/testkit'
import { chaosEnv, chaosSettings, faultMix } from './fault-mix.ts'
import { renewed } from './renewal.ts'
import { openStage, type Role, type Stage } from './stage.ts'
import { compareStored, digestOf, patienceMs, prepareRuns, type Started } from './true-ends.ts'

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
  const { begin, instances, expected } = await prepareRuns(ana)
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
    started.push(await insist(ana, callers, () => begin(number, `chaos-${number}`)))
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
  report.checksums = await compareStored(stage, started, expected, report.deviations)
  return report
}

async function totalOf(ana: Person, status: ExecutionStatus): Promise<number> {
  const { total } = await ana.call(listExecutions, { query: { limit: 1, status } })
  return total
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
