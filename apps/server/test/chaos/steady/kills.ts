import { setTimeout as wait } from 'node:timers/promises'
import type { ServerProcess } from '@recomamp/testkit'
import type { Role, Stage } from '../stage.ts'
import type { MemoryWatch } from './memory.ts'
import type { Neighbour } from './processes.ts'

/** Everything that can be killed. */
export interface Processes {
  readonly stage: Stage
  readonly roles: readonly Role[]
  readonly servers: ServerProcess[]
  readonly proxy: Neighbour
  readonly redis: Neighbour | null
  readonly memory: MemoryWatch
}

export interface Kill {
  readonly what: string
  /** Seconds from the beginning. */
  readonly at: number
  /** Until it was there again. */
  readonly tookSeconds: number
}

/** What a server process is called in reports. */
export function nameOf(roles: readonly Role[], at: number): string {
  const role = roles[at] ?? 'all'
  return `${role} ${roles.slice(0, at + 1).filter((each) => each === role).length}`
}

/** Where a server process tells its metrics. */
export function metricsOf(stage: Stage, at: number): string {
  return `http://127.0.0.1:${stage.portOf(at)}/metrics`
}

/** Between the return of one and the next kill at least: a request may meet one of them. */
const calmSeconds = 3

/** Kills one process of each kind, and ends every connection to the database at once; spread over a part of the time, in an order that
 *  `random` gives. Each is started again at once. */
export async function killOneOfEach(
  processes: Processes,
  {
    seconds,
    passed,
    random,
    signal,
  }: { seconds: number; passed: () => number; random: () => number; signal: AbortSignal },
  onKill: (kill: Kill) => void,
): Promise<void> {
  const ways = waysToKill(processes, random)
    .map((way) => ({ way, place: random() }))
    .toSorted((a, b) => a.place - b.place)
  for (const [number, { way }] of ways.entries()) {
    const at = seconds * (0.2 + (0.35 * number) / ways.length)
    await wait(Math.max(number === 0 ? 0 : calmSeconds, at - passed()) * 1000, undefined, { signal }).catch(
      () => undefined,
    )
    if (signal.aborted) return
    const begun = passed()
    const what = await way()
    onKill({ what, at: begun, tookSeconds: passed() - begun })
  }
}

type Way = () => Promise<string>

function waysToKill(processes: Processes, random: () => number): Way[] {
  const { stage, roles, servers, proxy, redis, memory } = processes
  const server = (role: Role): Way => {
    const all = [...roles.keys()].filter((at) => roles[at] === role)
    const at = all[Math.floor(random() * all.length)] ?? 0
    return async () => {
      await servers[at]?.stop('SIGKILL')
      const next = await stage.start(at)
      servers[at] = next
      memory.watch(nameOf(roles, at), next.pid, metricsOf(stage, at))
      return nameOf(roles, at)
    }
  }
  const beside =
    (name: string, restart: () => Promise<void>, pid: () => number): Way =>
    async () => {
      await restart()
      memory.watch(name, pid())
      return name
    }
  return [
    server('api'),
    server('worker'),
    beside(
      'proxy',
      () => proxy.restart(),
      () => proxy.pid,
    ),
    beside(
      'emulator',
      () => stage.restartEmulator(),
      () => stage.emulator.pid,
    ),
    ...(redis === null
      ? []
      : [
          beside(
            'redis',
            () => redis.restart(),
            () => redis.pid,
          ),
        ]),
    async () => {
      const ended = await stage.ask(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      )
      return `${ended.length} connections to the database`
    },
  ]
}
