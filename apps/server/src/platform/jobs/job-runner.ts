import type { Ctx } from '#context.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import type { Log } from '#platform/log/log.ts'
import type { Job } from './job.ts'

/** Told how the loops go: the metrics and the page of the status live by it. */
export interface JobWatch {
  beat(job: Job): void
  ended(job: Job, round: { durationMs: number; failed: boolean }): void
}

/** The background loops of this process. */
export interface JobRunner {
  start(ctx: Ctx, jobs: readonly Job[]): void
  /** Runs the job's next round at once; asked for during a round, one more follows it. Unknown names (of another role) are ignored. */
  wake(name: string): void
  /** Claims no more and waits for the rounds in progress, at most `limitMs`; answers whether all of them ended. */
  stop(limitMs: number): Promise<boolean>
}

/** One loop per job; a round that fails is logged and the next one comes at its time. */
export function createJobRunner(log: Log, watch: JobWatch): JobRunner {
  const stopping = new AbortController()
  const loops = new Map<string, { wake(): void; ended: Promise<void> }>()
  return {
    start(ctx, jobs) {
      for (const job of jobs) loops.set(job.name, startLoop(ctx, job, { signal: stopping.signal, log, watch }))
    },
    wake(name) {
      loops.get(name)?.wake()
    },
    async stop(limitMs) {
      stopping.abort()
      for (const loop of loops.values()) loop.wake()
      const { promise: late, resolve } = Promise.withResolvers<boolean>()
      const timer = setTimeout(() => resolve(false), limitMs)
      const ended = Promise.all([...loops.values()].map((loop) => loop.ended)).then(() => true)
      const inTime = await Promise.race([ended, late])
      clearTimeout(timer)
      return inTime
    },
  }
}

function startLoop(
  ctx: Ctx,
  job: Job,
  { signal, log, watch }: { signal: AbortSignal; log: Log; watch: JobWatch },
): { wake(): void; ended: Promise<void> } {
  let asked = false
  let interrupt = (): void => {}

  async function pause(): Promise<void> {
    if (asked) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, job.everyMs)
    interrupt = resolve
    await promise
    clearTimeout(timer)
  }

  async function round(): Promise<void> {
    const begun = performance.now()
    let failed = false
    watch.beat(job)
    try {
      await acrossWorkspaces(() => job.run(ctx, signal, () => watch.beat(job)))
    } catch (error) {
      failed = true
      log.error({ err: error, job: job.name }, 'a round of a job failed')
    }
    watch.beat(job)
    watch.ended(job, { durationMs: performance.now() - begun, failed })
  }

  async function loop(): Promise<void> {
    while (!signal.aborted) {
      asked = false
      await round()
      if (!signal.aborted) await pause()
    }
  }

  return {
    wake() {
      asked = true
      interrupt()
    },
    ended: loop(),
  }
}
