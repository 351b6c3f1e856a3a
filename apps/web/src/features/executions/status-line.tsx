import type { Execution } from '@recomamp/contracts'
import { isFinal } from '@recomamp/contracts'
import { counts } from '#messages/counts.ts'
import { executions as t } from '#messages/executions.ts'
import { useNow } from '#platform/clock.ts'
import { elapsed, spanInWords } from '#platform/words.ts'
import { StatusMark } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'

/** Where an execution stands, in words that are announced once a change; the clock beside them runs silently. */
export function StatusLine({ execution }: { execution: Execution }) {
  const open = !isFinal(execution.status)
  const now = useNow(1000, open)
  const since = Date.parse(execution.requestedAt)
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      <div role="status" className="flex min-w-0 flex-wrap items-center gap-x-3">
        <StatusMark mark={markOf(execution)} />
        <span className="text-12 text-text-2">{sentence(execution)}</span>
      </div>
      {open && <span className="text-12 text-text-2 tabular-nums">{elapsed(now.getTime() - since)}</span>}
    </div>
  )
}

function sentence(execution: Execution): string {
  const { status } = execution
  if (status === 'failed' || status === 'cancelled') return ''
  if (status !== 'completed') return t.status[status]
  if (execution.dryRun) return t.check.tag
  const ms = Date.parse(execution.finishedAt ?? execution.requestedAt) - Date.parse(execution.requestedAt)
  return `${counts.rows(execution.rowCount ?? 0)}, ${spanInWords(ms)}`
}
