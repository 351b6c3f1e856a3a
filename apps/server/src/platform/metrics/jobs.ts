import type { LoopRecord } from '#platform/db/tables.ts'
import type { JobWatch } from '#platform/jobs/job-runner.ts'
import type { Metrics } from './metrics.ts'

/** As many as the page of the status draws. */
const roundsKept = 40

/** Watches the loops of this process and remembers how each has gone lately. */
export interface LoopWatch extends JobWatch {
  records(): LoopRecord[]
}

/** Measures the rounds of the loops, and when each gave its last sign of life. */
export function watchJobs(metrics: Metrics, now: () => Date): LoopWatch {
  const loops = new Map<string, LoopRecord>()
  return {
    beat(job) {
      const at = now()
      metrics.jobHeartbeat.set({ job: job.name }, at.getTime() / 1000)
      metrics.jobInterval.set({ job: job.name }, job.everyMs / 1000)
      const rounds = loops.get(job.name)?.rounds ?? []
      loops.set(job.name, { name: job.name, everyMs: job.everyMs, lastSignAt: at.toISOString(), rounds })
    },
    ended(job, { durationMs, failed }) {
      metrics.jobRounds.observe({ job: job.name, outcome: failed ? 'failed' : 'ok' }, durationMs / 1000)
      const record = loops.get(job.name)
      if (record === undefined) return
      const round = { at: now().toISOString(), tookMs: Math.round(durationMs), failed }
      loops.set(job.name, { ...record, rounds: [...record.rounds, round].slice(-roundsKept) })
    },
    records: () => [...loops.values()],
  }
}
