import type { ExecutionFailure, ExecutionId } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { executions as t } from '#messages/executions.ts'
import { counted } from '#platform/words.ts'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { CancelRun } from './cancel-run.tsx'
import { CheckedQuery } from './checked-query.tsx'
import { EmptyResult } from './empty-result.tsx'
import { executionQueries } from './executions.queries.ts'
import { FailurePanel } from './failure-panel.tsx'
import { type Arrangement, unarranged } from './result-arrangement.ts'
import { StatusLine } from './status-line.tsx'

// A query is opened before it has rows.
const ResultGrid = lazy(() => import('./result-grid.tsx').then((module) => ({ default: module.ResultGrid })))

interface ExecutionResultProps {
  executionId: ExecutionId
  /** Stands in the line of the status. */
  beside?: ReactNode
  onPlace?: (place: NonNullable<ExecutionFailure['place']>) => void
  failureActions?: ReactNode
  /** How its rows are looked at, where that stands in the address; otherwise the panel keeps it. */
  arranged?: { arrangement: Arrangement; onArrange: (arrangement: Arrangement) => void }
}

/** What an execution came to: where it stands, then its rows, their absence explained, or why it failed. */
export function ExecutionResult({ executionId, beside, onPlace, failureActions, arranged }: ExecutionResultProps) {
  const [own, setOwn] = useState(unarranged)
  const { data: execution, error, refetch } = useQuery(executionQueries.detail(executionId))
  if (execution === undefined)
    return error === null ? (
      <Skeleton label={t.detail} rows={3} />
    ) : (
      <ErrorPanel error={error} onRetry={() => void refetch()} />
    )
  const filtered = execution.filteredRowCount ?? 0
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-[34px] flex-none flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1">
        <StatusLine execution={execution} />
        {filtered > 0 && (
          <span className="text-12 text-text-2 flex items-center gap-1.5">
            <i aria-hidden className="guard-hatch size-3 rounded-2" />
            {filtered === 1 ? t.oneFiltered : t.filteredRows(counted(filtered, 'row'))}
          </span>
        )}
        <CancelRun execution={execution} />
        <div className="flex-1" />
        {beside}
      </div>
      <div className="border-line-subtle flex min-h-0 flex-1 flex-col overflow-auto border-t">
        {execution.status === 'completed' && execution.dryRun && <CheckedQuery execution={execution} />}
        {execution.status === 'completed' &&
          !execution.dryRun &&
          (execution.rowCount === 0 ? (
            <EmptyResult execution={execution} />
          ) : (
            <Suspense fallback={<Skeleton label={t.tabs.results} />}>
              <ResultGrid execution={execution} {...(arranged ?? { arrangement: own, onArrange: setOwn })} />
            </Suspense>
          ))}
        {execution.status === 'failed' && (
          <FailurePanel execution={execution} actions={failureActions} {...(onPlace ? { onPlace } : {})} />
        )}
      </div>
    </div>
  )
}
