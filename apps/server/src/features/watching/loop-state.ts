import type { BackgroundLoop, LoopState } from '@recomamp/contracts'
import type { LoopRecord } from '#platform/db/tables.ts'
import { seconds } from '#platform/time.ts'

/** Processes tell of themselves every five seconds, and a busy machine takes its time. */
const grace = seconds(20)

/** The loops of all processes, each as the process tells that gave the latest sign of life. */
export function loopsOf(processes: readonly (readonly LoopRecord[])[], now: Date): BackgroundLoop[] {
  const all = processes.flat()
  const names = [...new Set(all.map(({ name }) => name))].sort()
  return names.flatMap((name) => {
    const own = all.filter((record) => record.name === name)
    const latest = own.toSorted((a, b) => b.lastSignAt.localeCompare(a.lastSignAt))[0]
    if (latest === undefined) return []
    return [
      {
        ...latest,
        state: stateOf(latest, now),
        lastEndedAt: latest.rounds.at(-1)?.at ?? null,
        rounds: [...latest.rounds],
        processes: own.filter((record) => lateness(record, now) !== 'overdue').length,
      },
    ]
  })
}

function stateOf(record: LoopRecord, now: Date): LoopState {
  const late = lateness(record, now)
  if (late !== 'on-time') return late
  return record.rounds.at(-1)?.failed === true ? 'failing' : 'on-time'
}

function lateness({ lastSignAt, everyMs }: LoopRecord, now: Date): 'on-time' | 'late' | 'overdue' {
  const silence = now.getTime() - Date.parse(lastSignAt) - grace
  if (silence > 5 * everyMs) return 'overdue'
  return silence > 2 * everyMs ? 'late' : 'on-time'
}
