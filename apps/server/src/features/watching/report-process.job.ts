import { sql } from 'kysely'
import type { Ctx } from '#context.ts'
import type { Job } from '#platform/jobs/job.ts'
import type { LoopWatch } from '#platform/metrics/jobs.ts'
import { later, minutes, seconds } from '#platform/time.ts'
import { callRecords } from './call-figures.ts'

/** A process that was not heard for so long is gone, and its figures with it. */
const forgottenAfter = minutes(60)

/** Tells the other processes how the loops of this one go, so that whichever answers a browser can say it of all. */
export function reportProcessJob(parts: { loops: LoopWatch; role: string; version: string }): Job {
  const id = crypto.randomUUID()
  let startedAt: Date | null = null
  return {
    name: 'report-process',
    everyMs: seconds(5),
    async run({ db, metrics, now }: Ctx) {
      const at = now()
      startedAt ??= at
      const told = {
        seen_at: at,
        loops: JSON.stringify(parts.loops.records()),
        calls: JSON.stringify(await callRecords(metrics)),
      }
      await db
        .insertInto('server_processes')
        .values({ id, role: parts.role, version: parts.version, started_at: startedAt, ...told })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(told))
        .execute()
      await db
        .deleteFrom('server_processes')
        .where('seen_at', '<', sql<Date>`${later(at, -forgottenAfter)}`)
        .execute()
    },
  }
}
