import { setTimeout as wait } from 'node:timers/promises'
import * as api from '@recomamp/contracts'
import { eventually, freePort } from '@recomamp/testkit'
import { seeded } from '@recomamp/testkit/seeded'
import { newFernetKey } from '#platform/crypto/fernet.ts'
import { type Role, type Stage, openStage } from '../stage.ts'
import { type Started, patienceMs, prepareRuns } from '../true-ends.ts'
import { type RunsReport, type StreamsReport, compareRuns, compareStreams, newestEvents } from './compare.ts'
import { type Crowd, gatherCrowd } from './crowd.ts'
import { type Desk, lostAtDesk, openDesk } from './desk.ts'
import { listen } from './event-listeners.ts'
import { type Kill, type Processes, killOneOfEach, metricsOf, nameOf } from './kills.ts'
import { type Load, askSteadily, noLoad, runSteadily } from './load.ts'
import { type Life, growthOf, watchMemory } from './memory.ts'
import type { Tally } from './patient-send.ts'
import { type Neighbour, keysOf, startBalancerProcess, startRedis } from './processes.ts'

export interface SteadyOptions {
  readonly seconds: number
  /** Fixes what is asked for, and which processes are killed in which order. */
  readonly seed: number
  readonly requestsPerSecond: number
  /** Seconds between two runs. */
  readonly runEvery: number
  /** Streams of events. */
  readonly listeners: number
  /** Ends the story early: it then throws, after everything was cleaned up. */
  readonly signal?: AbortSignal
  readonly progress?: (line: string) => void
}

/** What steady work behind a proxy came to. */
export interface SteadyReport {
  readonly kills: readonly Kill[]
  readonly load: Load
  readonly tally: Tally
  /** Answers of 304. */
  readonly unchanged: number
  readonly runs: RunsReport
  readonly streams: StreamsReport
  readonly lives: readonly Life[]
  /** Everything that is not as it must be; empty when all is well. */
  readonly deviations: readonly string[]
}

const roles: readonly Role[] = ['api', 'api', 'worker', 'worker']
/** The growth of a server's memory from which on it counts as one. */
const growthLimit = 0.1

/** A stream that was lost last is resumed within seconds, on a machine that stands still later. */
const heardWithinMs = 120_000

/** As an installation has it, but for times at Amazon and between two questions, so that much happens. */
const settings = {
  ENVIRONMENT: 'production',
  JWT_SECRET_KEY: 'a key for tests, as long as it has to be',
  TRUSTED_PROXIES: '127.0.0.1',
  RATE_LIMIT_PER_MINUTE: '100',
  RATE_LIMIT_SIGNED_IN_PER_MINUTE: '1200',
  EXECUTION_SETTLE_SECONDS: '8',
  EXECUTION_POLL_INTERVAL_SECONDS: '1',
  TOKEN_REFRESH_INTERVAL_SECONDS: '60',
  TOKEN_REFRESH_BUFFER_SECONDS: '120',
  METRICS_TOKEN: 'a-token-for-tests-long-enough',
  LOG_LEVEL: 'warn',
  // What Node gives itself in a container of one gigabyte, the limit of the manifests in `deploy`, and what the image sets.
  NODE_OPTIONS: '--max-old-space-size=512 --max-semi-space-size=8',
  MALLOC_ARENA_MAX: '2',
}
const amazon = ['pendingMs=300', 'runningMs=700', 'partBytes=150', 'accessTokenSeconds=600']

/** Two API processes behind a proxy and two workers under a steady crowd, while one process of each kind is killed; and what was lost,
 *  doubled, missed or grew. */
export async function runSteady(options: SteadyOptions): Promise<SteadyReport> {
  await using closing = new AsyncDisposableStack()
  const redis = await startRedis()
  closing.defer(async () => redis?.kill())
  const redisUrl = redis === null ? process.env['TEST_REDIS_URL'] : `redis://127.0.0.1:${redis.port}`
  const port = await freePort()
  const publicUrl = `http://127.0.0.1:${port}`
  const stage = await openStage({
    database: 'postgresql',
    roles,
    env: {
      ...settings,
      FERNET_KEY: newFernetKey(),
      PUBLIC_URL: publicUrl,
      ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
    },
    emulatorOptions: amazon.flatMap((setting) => ['--setting', setting]),
  })
  closing.use(stage)
  const servers = await Promise.all([...roles.keys()].map((at) => stage.start(at)))
  const answering = [...roles.keys()].filter((at) => roles[at] === 'api')
  const proxy = await startBalancerProcess(port, answering.map(stage.portOf))
  closing.defer(() => proxy.kill())
  const over = new AbortController()
  closing.defer(() => over.abort())
  const tally: Tally = { repeats: {}, refused: 0 }
  const crowd = await gatherCrowd(publicUrl, tally)
  closing.defer(() => crowd.close())
  const stopped = new Promise<never>((_, reject) => {
    options.signal?.addEventListener('abort', () => reject(new Error('stopped')), { once: true })
  })
  return await Promise.race([work(options, { stage, servers, proxy, redis, crowd, tally, over: over.signal }), stopped])
}

interface Scene {
  readonly stage: Stage
  readonly servers: Processes['servers']
  readonly proxy: Neighbour
  readonly redis: Neighbour | null
  readonly crowd: Crowd
  readonly tally: Tally
  readonly over: AbortSignal
}

async function work(options: SteadyOptions, scene: Scene): Promise<SteadyReport> {
  const { seconds, seed, requestsPerSecond, runEvery, progress = () => undefined } = options
  const { stage, servers, proxy, redis, crowd, tally, over } = scene
  const [ana, ben] = crowd.people
  const known = await prepareRuns(ana.program)
  const started: Started[] = []
  const desks = await openDesks(crowd, started)
  const { listeners, since } = await gatherListeners(options.listeners, scene)
  progress(`${servers.length} servers, ${listeners.length} streams, ${known.expected.size} undisturbed runs`)

  const begun = performance.now()
  const passed = () => (performance.now() - begun) / 1000
  const memory = watchMemory(passed, settings.METRICS_TOKEN)
  for (const [at, { pid }] of servers.entries()) memory.watch(nameOf(roles, at), pid, metricsOf(stage, at))
  memory.watch('proxy', proxy.pid)
  memory.watch('emulator', stage.emulator.pid)
  if (redis !== null) memory.watch('redis', redis.pid)
  const ending = new AbortController()
  const signal = AbortSignal.any([over, ending.signal])
  const load = noLoad()
  const kills: Kill[] = []
  const pace = { seconds, requestsPerSecond, runEvery, random: seeded(seed), signal: over }
  const tell = () =>
    progress(
      `${Math.round(passed())} s: ${load.times.length} requests, ${load.errors.length} errors, ${sum(tally.repeats)} repeated, ` +
        `${started.length} runs, ${listeners.filter(({ isOpen }) => isOpen).length} streams, ` +
        memory.lives.flatMap(memoryNow).join(', '),
    )
  const looking = every(10, signal, () => memory.look())
  const telling = every(30, signal, tell)
  const killing = killOneOfEach(
    { stage, roles, servers, proxy, redis, memory },
    { seconds, passed, random: seeded(seed + 1), signal: over },
    (kill) => {
      kills.push(kill)
      progress(`${Math.round(kill.at)} s: killed ${kill.what}, back after ${kill.tookSeconds.toFixed(1)} s`)
    },
  )
  await Promise.all([
    askSteadily(load, desks, pace),
    runSteadily(load, (number) => known.begin(number, `steady-${number}`), started, pace),
    killing,
  ])
  ending.abort()
  await Promise.all([looking, telling])
  tell()

  const deviations = load.errors.slice()
  await eventually(async () => (await ana.browser.call(api.getPolling, {})).openCount === 0, patienceMs)
  await eventually(async () => (await openRuns(ana.program)) === 0, patienceMs)
  const runs = await compareRuns(stage, [ana.program, ben.program], { started, known }, deviations)
  for (const desk of desks) deviations.push(...(await lostAtDesk(desk)))
  deviations.push(...(await createdAmiss(stage, desks)), ...(await addressesAmiss(crowd)))
  if (redis !== null && !((await keysOf(redis)) > 0)) deviations.push('Redis counts nothing')
  // What has not come by then is missing.
  await eventually(() => allHeard(stage, listeners), heardWithinMs).catch(() => undefined)
  const streams = await compareStreams(stage, listeners, since)
  if (streams.missing > 0) deviations.push(`${streams.missing} events did not reach a stream`)
  if (streams.wrong > 0) deviations.push(`${streams.wrong} events reached a stream twice, out of order or by mistake`)
  for (const life of memory.lives) {
    const found = growthOf(life)
    if (found === null) continue
    for (const [what, { growth }] of Object.entries(found))
      if (!(growth <= growthLimit)) deviations.push(`${life.name} grew by ${(growth * 100).toFixed(1)} % (${what})`)
  }
  if (deviations.length > 0) for (const line of failuresOf(servers)) progress(line)
  const unchanged = desks.reduce((count, desk) => count + desk.unchanged, 0)
  return { kills, load, tally, unchanged, runs, streams, lives: memory.lives, deviations }
}

/** A desk for the browser and one for the program of each; only who shares Ana's workspace may look at its runs. */
async function openDesks({ people: [ana, ben, cleo] }: Crowd, runs: readonly Started[]): Promise<Desk[]> {
  const desks: Desk[] = []
  for (const { name, browser, program } of [ana, ben, cleo])
    for (const person of [browser, program]) desks.push(await openDesk(person, name, name === 'cleo' ? [] : runs))
  return desks
}

async function gatherListeners(count: number, { stage, crowd, over }: Scene) {
  const places = await Promise.all(
    crowd.people.flatMap((somebody) =>
      [somebody.browser, somebody.program].map(async (person) => ({
        person,
        address: somebody.address,
        workspace: (await person.call(api.getCurrentUser, {})).workspace.id,
      })),
    ),
  )
  const listeners = Array.from({ length: count }, (_, at) => {
    const { person, address, workspace } = places[at % places.length]!
    return Object.assign(listen(person, address, over), { workspace })
  })
  await eventually(() => listeners.every(({ isOpen }) => isOpen))
  const since = await newestEvents(stage)
  const workspaces = new Set<string>(places.map(({ workspace }) => workspace))
  return { listeners, since: new Map([...since].filter(([workspace]) => workspaces.has(workspace))) }
}

async function openRuns(person: Desk['person']): Promise<number> {
  const { total } = await person.call(api.listExecutions, { query: { status: 'open', limit: 1 } })
  return total
}

/** The last events are still on their way when the last request has been answered. */
async function allHeard(stage: Stage, listeners: Awaited<ReturnType<typeof gatherListeners>>['listeners']) {
  const newest = await newestEvents(stage)
  const isBehind = listeners.filter(({ workspace, place }) => Number(place.lastId) < (newest.get(workspace) ?? 0))
  return isBehind.length === 0
}

/** Queries that are not there or more than there should be. */
async function createdAmiss(stage: Stage, desks: readonly Desk[]): Promise<string[]> {
  const rows = await stage.ask<{ id: string }>('select id from workflows')
  const there = new Set(rows.map(({ id }) => id))
  const made = desks.flatMap(({ created, papers }) => [...created, ...papers.map(({ id }) => id)])
  const lost = made.filter((id) => !there.has(id)).map((id) => `query ${id} is lost`)
  // Two belong to the runs.
  const more = there.size - made.length - 2
  return more === 0 ? lost : [...lost, `there are ${more} queries more than were created`]
}

/** Behind the proxy everybody is still known by their own address. */
async function addressesAmiss({ people }: Crowd): Promise<string[]> {
  const amiss: string[] = []
  for (const { browser, address, name } of people) {
    const { items } = await browser.call(api.listSessions, { query: {} })
    for (const session of items)
      if (session.address !== address)
        amiss.push(`${name} seems to come from ${session.address} and not from ${address}`)
  }
  return amiss
}

/** What the servers that run now logged as errors, the first of each. */
function failuresOf(servers: Processes['servers']): string[] {
  const lines = servers.map((server) => server.output().split('\n'))
  return lines.flatMap((each) => each.filter((line) => /"level":("error"|"fatal"|50|60)/.test(line)).slice(0, 10))
}

function memoryNow({ name, samples, isOver }: Life): string[] {
  return isOver ? [] : [`${name} ${Math.round(samples.at(-1)?.resident ?? 0)} MB`]
}

async function every(seconds: number, signal: AbortSignal, act: () => Promise<void> | void): Promise<void> {
  while (!signal.aborted) {
    await act()
    await wait(seconds * 1000, undefined, { signal }).catch(() => undefined)
  }
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, times) => total + times, 0)
}
