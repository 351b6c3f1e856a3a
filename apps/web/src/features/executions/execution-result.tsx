import type { Execution, ExecutionFailure, ExecutionId } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense, useState } from 'react'
import { counts } from '#messages/counts.ts'
import { charts } from '#messages/charts.ts'
import { executions as t } from '#messages/executions.ts'
import { useWidth } from '#platform/width.ts'
import { lazyPart } from '#ui/lazy-part.tsx'
import { PanelBoundary } from '#ui/panel-boundary.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { CancelRun } from './cancel-run.tsx'
import { CheckedQuery } from './checked-query.tsx'
import { EmptyResult } from './empty-result.tsx'
import { executionQueries } from './executions.queries.ts'
import { FailurePanel } from './failure-panel.tsx'
import { PastRetention } from './past-retention.tsx'
import { type Arrangement, unarranged } from './result-arrangement.ts'
import { StatusLine } from './status-line.tsx'

// A query is opened before it has rows.
const ResultGrid = lazyPart(() => import('./result-grid.tsx').then((module) => module.ResultGrid))

interface ExecutionResultProps {
  executionId: ExecutionId
  /** Stands in the line of the status. */
  beside?: ReactNode
  onPlace?: (place: NonNullable<ExecutionFailure['place']>) => void
  failureActions?: ReactNode
  /** How its rows are looked at, where that stands in the address; otherwise the panel keeps it. */
  arranged?: { arrangement: Arrangement; onArrange: (arrangement: Arrangement) => void }
  /** Draws its rows, beside or in place of the grid. */
  chart?: ResultChart
}

/** How much of a result is grid and how much is chart. */
export type ResultView = 'grid' | 'split' | 'chart'

interface ResultChart {
  /** As the address says; null: both where the query has a chart of its own and there is room, else the grid. */
  view: ResultView | null
  onView: (view: ResultView) => void
  hasOwn: boolean
  render: (execution: Execution, filter: Arrangement['filter']) => ReactNode
}

/** What an execution came to: where it stands, then its rows, their absence explained, or why it failed. */
export function ExecutionResult(props: ExecutionResultProps) {
  const { executionId, beside, onPlace, failureActions, chart } = props
  const [own, setOwn] = useState(unarranged)
  const { arrangement, onArrange } = props.arranged ?? { arrangement: own, onArrange: setOwn }
  const isWide = useWidth() === 'desk'
  const { data: execution, error, refetch } = useQuery(executionQueries.detail(executionId))
  if (execution === undefined)
    return error === null ? (
      <Skeleton label={t.detail} rows={3} />
    ) : (
      <ErrorPanel error={error} onRetry={() => void refetch()} />
    )
  const filtered = execution.filteredRowCount ?? 0
  const isRemoved = execution.resultsRemovedAt !== null
  const hasRows = execution.status === 'completed' && !execution.dryRun && execution.rowCount !== 0 && !isRemoved
  const view = chart === undefined ? 'grid' : (chart.view ?? (chart.hasOwn && isWide ? 'split' : 'grid'))
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-[34px] flex-none flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1">
        <StatusLine execution={execution} />
        {filtered > 0 && (
          <span className="text-12 text-text-2 flex items-center gap-1.5">
            <i aria-hidden className="guard-hatch size-3 rounded-2" />
            {filtered === 1 ? t.oneFiltered : t.filteredRows(counts.rows(filtered))}
          </span>
        )}
        <CancelRun execution={execution} />
        <div className="flex-1" />
        {hasRows && chart !== undefined && (
          <Segmented
            label={charts.view}
            value={view}
            choices={(['grid', 'split', 'chart'] as const).map((value) => ({ value, label: charts.views[value] }))}
            onChange={chart.onView}
          />
        )}
        {beside}
      </div>
      <div className="border-line-subtle flex min-h-0 flex-1 flex-col overflow-auto border-t">
        {execution.status === 'completed' && execution.dryRun && <CheckedQuery execution={execution} />}
        {execution.status === 'completed' && !execution.dryRun && execution.rowCount === 0 && (
          <EmptyResult execution={execution} />
        )}
        {execution.resultsRemovedAt !== null && execution.rowCount !== 0 && (
          <PastRetention execution={execution} removedAt={execution.resultsRemovedAt} />
        )}
        {hasRows && (
          <div className={`result-view ${view}`}>
            {view !== 'chart' && (
              <div className="result-rows">
                <Suspense fallback={<Skeleton label={t.tabs.results} />}>
                  <ResultGrid execution={execution} arrangement={arrangement} onArrange={onArrange} />
                </Suspense>
              </div>
            )}
            {view !== 'grid' && chart !== undefined && (
              <div className="result-chart">
                <PanelBoundary label={charts.title}>
                  <Suspense fallback={<Skeleton label={charts.title} rows={4} />}>
                    {chart.render(execution, arrangement.filter)}
                  </Suspense>
                </PanelBoundary>
              </div>
            )}
          </div>
        )}
        {execution.status === 'failed' && (
          <FailurePanel execution={execution} actions={failureActions} {...(onPlace ? { onPlace } : {})} />
        )}
      </div>
    </div>
  )
}
