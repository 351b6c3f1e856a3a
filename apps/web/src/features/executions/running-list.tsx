import type { ExecutionSummary } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { executions as t } from '#messages/executions.ts'
import { home } from '#messages/home.ts'
import { useNow } from '#platform/clock.ts'
import { elapsed, spanInWords } from '#platform/words.ts'
import { StatusMark } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'
import { CancelRun } from './cancel-run.tsx'
import { executionQueries } from './executions.queries.ts'
import { phasesOf, usualMs } from './phases.ts'

const shownAtMost = 8

/** What goes on now: each with its phases, how long it takes against what is usual, and the way to end it. */
export function RunningList({ items, total }: { items: readonly ExecutionSummary[]; total: number }) {
  const now = useNow(1000)
  const more = total - Math.min(items.length, shownAtMost)
  return (
    <>
      <ul>
        {items.slice(0, shownAtMost).map((each) => (
          <Running key={each.id} execution={each} now={now} />
        ))}
      </ul>
      {more > 0 && (
        <Link
          to="/executions"
          search={{ status: 'open' }}
          className="text-12 font-medium inline-flex min-h-8 items-center"
        >
          {home.running.more(more)}
        </Link>
      )}
    </>
  )
}

function Running({ execution, now }: { execution: ExecutionSummary; now: Date }) {
  const { id, workflow, instance } = execution
  const { data } = useQuery(executionQueries.ofWorkflow(workflow.id))
  const usual = data === undefined ? null : usualMs(data.items)
  return (
    <li className="border-line-subtle grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5 border-b py-2 tablet:grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)_104px_auto]">
      <div className="min-w-0">
        <Link
          to="/executions/$executionId"
          params={{ executionId: id }}
          search={{}}
          className="cut font-medium text-text block"
          title={workflow.name}
        >
          {workflow.name}
        </Link>
        <span className="text-12 text-text-2 cut block" title={`${instance.name} ${instance.amcInstanceId}`}>
          {instance.name} <span className="mono text-text-3">{instance.amcInstanceId}</span>
        </span>
      </div>
      <div className="max-tablet:order-last max-tablet:col-span-2 flex min-w-0 flex-col gap-1">
        <StatusMark mark={markOf(execution)} />
        <div role="img" aria-label={home.running.phases(workflow.name)} className="phase-line">
          {phasesOf({ ...execution, runningAt: null }, now).map((phase) => (
            <i key={phase.label} className={phase.kind} style={{ flexGrow: Math.max(1, phase.ms) }} />
          ))}
        </div>
      </div>
      <div className="text-right">
        <span className="font-medium tabular-nums">{elapsed(now.getTime() - Date.parse(execution.requestedAt))}</span>
        {usual !== null && <span className="text-11 text-text-2 block">{t.usually(spanInWords(usual))}</span>}
      </div>
      <div className="flex flex-wrap items-center gap-2 max-tablet:col-span-2">
        <CancelRun execution={execution} of={workflow.name} />
      </div>
    </li>
  )
}
