import type { Execution, ExecutionSummary } from '@recomamp/contracts'
import { executions as t } from '#messages/executions.ts'

export interface Phase {
  kind: 'waiting' | 'submitted' | 'running' | 'fetching' | 'ok' | 'bad' | 'end'
  label: string
  ms: number
  /** The instant that belongs to a phase without a length: the end. */
  at: string | null
}

type Timed = Pick<Execution, 'status' | 'requestedAt' | 'submittedAt' | 'runningAt' | 'finishedAt'>

/** The life of an execution as segments of time, in order; the last one grows until there is an end. */
export function phasesOf(execution: Timed, now: Date): Phase[] {
  const end = execution.finishedAt === null ? now.getTime() : Date.parse(execution.finishedAt)
  const starts: { kind: Phase['kind']; label: string; at: number }[] = [
    { kind: 'waiting', label: t.phases.queued, at: Date.parse(execution.requestedAt) },
  ]
  if (execution.submittedAt !== null)
    starts.push({ kind: 'submitted', label: t.phases.submitted, at: Date.parse(execution.submittedAt) })
  if (execution.runningAt !== null)
    starts.push({ kind: 'running', label: t.phases.running, at: Date.parse(execution.runningAt) })
  const phases = starts.map(({ kind, label, at }, index): Phase => {
    const until = starts[index + 1]?.at ?? end
    return { kind, label, ms: Math.max(0, until - at), at: null }
  })
  if (execution.finishedAt !== null) phases.push({ ...endOf(execution.status), ms: 0, at: execution.finishedAt })
  return phases
}

function endOf(status: Execution['status']): Pick<Phase, 'kind' | 'label'> {
  if (status === 'completed') return { kind: 'ok', label: t.phases.completed }
  return status === 'failed' ? { kind: 'bad', label: t.phases.failed } : { kind: 'end', label: t.phases.cancelled }
}

/** How long the runs of a query take: the median of those that gave rows; null where there is none. */
export function usualMs(runs: readonly ExecutionSummary[]): number | null {
  const spans = runs
    .filter((run) => run.status === 'completed' && !run.dryRun && run.finishedAt !== null)
    .map((run) => Date.parse(run.finishedAt ?? '') - Date.parse(run.requestedAt))
    .sort((a, b) => a - b)
  return spans[Math.floor(spans.length / 2)] ?? null
}
