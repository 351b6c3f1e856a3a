import type { ExecutionSummary } from '@recomamp/contracts'
import { isFinal } from '@recomamp/contracts'
import { counts } from '#messages/counts.ts'
import { executions as t } from '#messages/executions.ts'
import { elapsed, spanInWords } from '#platform/words.ts'

/** What an execution came to: its rows, or the short cause of its failure. */
export function Outcome({ execution }: { execution: ExecutionSummary }) {
  if (execution.failure !== null) return <span className="text-bad">{outcomeInWords(execution)}</span>
  return <span className="text-text-2">{outcomeInWords(execution)}</span>
}

/** The same in words. */
export function outcomeInWords({ failure, status, dryRun, rowCount }: ExecutionSummary): string {
  if (failure !== null) return failure.explanation?.title ?? failure.message
  if (status === 'completed' && dryRun) return t.check.tag
  return rowCount === null ? '' : counts.rows(rowCount)
}

/** How long it took, or takes by now. */
export function took(execution: ExecutionSummary, now: Date): string {
  const from = Date.parse(execution.requestedAt)
  return execution.finishedAt === null
    ? elapsed(now.getTime() - from)
    : spanInWords(Date.parse(execution.finishedAt) - from)
}

/** Whether something in a list still goes on, so that clocks must tick. */
export function goesOn(items: readonly ExecutionSummary[]): boolean {
  return items.some((each) => !isFinal(each.status))
}
