import type { Execution, ExecutionId } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { SquareTerminal } from 'lucide-react'
import { Suspense, useMemo } from 'react'
import { ExportButton } from '#features/exports/export-button.tsx'
import { valueFault } from '#features/workbench/values/parameter-value.ts'
import { ValueWidget } from '#features/workbench/values/parameters-form.tsx'
import { useChosenChart } from '#features/workflows/use-chosen-chart.ts'
import { counts } from '#messages/counts.ts'
import { executions as t } from '#messages/executions.ts'
import { useWidth } from '#platform/width.ts'
import { bytesInWords, figure, spanInWords, windowInWords } from '#platform/words.ts'
import { CopyButton } from '#ui/copy-button.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'
import { Page } from '#ui/page.tsx'
import { PanelBoundary } from '#ui/panel-boundary.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { StatusMark } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'
import { Tabs } from '#ui/tabs.tsx'
import { CompareWith } from './compare-with.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { RequestPanel } from './request-panel.tsx'
import { RunAgain } from './run-again.tsx'
import { SentSql } from './sent-sql.tsx'
import { ValuesTable } from './values-table.tsx'
import { ExecutionResult } from './execution-result.tsx'
import { executionQueries } from './executions.queries.ts'
import { PhaseBar } from './phase-bar.tsx'
import { usualMs } from './phases.ts'
import { type Arrangement, unarranged } from './result-arrangement.ts'
import { windowState } from './window-state.ts'

// Two runs are compared less often than one is looked at.
const ComparisonView = lazyPart(() => import('./comparison-view.tsx').then((module) => module.ComparisonView))

const route = getRouteApi('/app/executions/$executionId')
const ChartPane = lazyPart(() => import('#features/charts/chart-pane.tsx').then((module) => module.ChartPane))

export function ExecutionPage() {
  const { executionId } = route.useParams()
  const { with: other, ...search } = route.useSearch()
  const navigate = route.useNavigate()
  if (other === undefined) return <ExecutionById key={executionId} executionId={executionId} />
  return (
    <Suspense fallback={<Skeleton label={t.comparison.title} />}>
      <ComparisonView
        key={`${other} ${executionId}`}
        before={other}
        after={executionId}
        search={search}
        onSearch={(change) => void navigate({ search: (old) => ({ ...old, ...change }) })}
      />
    </Suspense>
  )
}

function ExecutionById({ executionId }: { executionId: ExecutionId }) {
  const { data: execution, error, refetch } = useQuery(executionQueries.detail(executionId))
  if (execution === undefined)
    return error === null ? <Skeleton label={t.detail} /> : <ErrorPanel error={error} onRetry={() => void refetch()} />
  return <ExecutionView execution={execution} />
}

function ExecutionView({ execution }: { execution: Execution }) {
  const { tab, sort, f, cols, pin, view } = route.useSearch()
  const choice = useChosenChart(execution.workflow.id)
  const navigate = route.useNavigate()
  const arranged = {
    arrangement: useMemo(
      () => ({
        ...unarranged,
        ...(sort && { sort }),
        ...(f && { filter: f }),
        ...(cols && { columns: cols }),
        ...(pin && { pinned: pin }),
      }),
      [sort, f, cols, pin],
    ),
    onArrange: (next: Arrangement) =>
      void navigate({
        search: (now) => ({
          ...now,
          sort: next.sort.length === 0 ? undefined : [...next.sort],
          f: next.filter.length === 0 ? undefined : [...next.filter],
          cols: next.columns === null ? undefined : [...next.columns],
          pin: next.pinned.length === 0 ? undefined : [...next.pinned],
        }),
      }),
  }
  const runs = useQuery(executionQueries.ofWorkflow(execution.workflow.id))
  const phone = useWidth() === 'phone'
  const actions = (
    <>
      <Link
        to="/workbench/$workflowId"
        params={{ workflowId: execution.workflow.id }}
        search={{ run: execution.id, i: execution.instance.id }}
        className="btn default"
      >
        <SquareTerminal size={14} strokeWidth={1.7} aria-hidden />
        <span className="sr-only tablet:not-sr-only">{t.openQuery}</span>
      </Link>
      <CompareWith execution={execution} />
      <RunAgain
        execution={execution}
        onStarted={({ id }) =>
          void navigate({ to: '/executions/$executionId', params: { executionId: id }, search: {} })
        }
        renderValue={(declaration, value, onValue) => (
          <ValueWidget
            declaration={declaration}
            value={value}
            fault={valueFault(declaration, value)}
            note={null}
            onValue={onValue}
          />
        )}
      />
    </>
  )
  return (
    <Page
      title={execution.workflow.name}
      beside={
        <>
          <StatusMark mark={markOf(execution)} boxed />
          <span className="tag lined">{t.version(execution)}</span>
          {execution.dryRun && <span className="tag lined">{t.check.tag}</span>}
        </>
      }
      actions={!phone && actions}
    >
      <PhaseBar execution={execution} usualMs={usualMs(runs.data?.items ?? [])} />
      <Facts execution={execution} />
      {execution.warnings.length > 0 && (
        <p className="text-12 text-warn px-4 pt-2 tablet:px-6">
          {t.warnings}: {execution.warnings.map((each) => each.message).join(' ')}
        </p>
      )}
      <div className="mt-1 flex min-h-[320px] flex-1 flex-col">
        <Tabs
          label={t.detail}
          inset
          value={tab ?? 'results'}
          onChange={(next) =>
            void navigate({ search: (now) => ({ ...now, tab: next === 'results' ? undefined : next }) })
          }
          tabs={[
            {
              id: 'results',
              title: (
                <>
                  {t.tabs.results}
                  {execution.rowCount !== null && <span className="text-text-3">{figure(execution.rowCount)}</span>}
                </>
              ),
              content: (
                <PanelBoundary label={t.tabs.results}>
                  <ExecutionResult
                    executionId={execution.id}
                    arranged={arranged}
                    beside={<ExportButton execution={execution} />}
                    chart={{
                      view: view ?? null,
                      onView: (next) => void navigate({ search: (now) => ({ ...now, view: next }) }),
                      hasOwn: choice.chosen !== null,
                      render: (drawn, filter) => <ChartPane execution={drawn} filter={filter} {...choice} />,
                    }}
                  />
                </PanelBoundary>
              ),
            },
            { id: 'sql', title: t.tabs.sql, content: <SentSql execution={execution} /> },
            {
              id: 'values',
              title: (
                <>
                  {t.tabs.values} <span className="text-text-3">{execution.parameters.length}</span>
                </>
              ),
              content: <ValuesTable execution={execution} />,
            },
            {
              id: 'request',
              title: t.tabs.request,
              content: (
                <PanelBoundary label={t.tabs.request}>
                  <RequestPanel execution={execution} />
                </PanelBoundary>
              ),
            },
            {
              id: 'history',
              title: (
                <>
                  {t.tabs.history} {runs.data && <span className="text-text-3">{figure(runs.data.total)}</span>}
                </>
              ),
              content: (
                <PanelBoundary label={t.tabs.history}>
                  <HistoryPanel execution={execution} />
                </PanelBoundary>
              ),
            },
          ]}
        />
      </div>
      {phone && <div className="action-foot">{actions}</div>}
    </Page>
  )
}

function Facts({ execution }: { execution: Execution }) {
  const { window } = execution
  return (
    <dl className="facts">
      <div>
        <dt>{t.facts.instance}</dt>
        <dd>
          {execution.instance.name} <span className="mono text-text-3">{execution.instance.amcInstanceId}</span>
        </dd>
      </div>
      <div>
        <dt>{t.facts.window(window.timeZone)}</dt>
        <dd>
          {windowInWords(window)} <WindowTag execution={execution} />
        </dd>
      </div>
      <div className="hidden tablet:block">
        <dt>{t.facts.parameters}</dt>
        <dd>{t.facts.set(Object.keys(execution.values).length)}</dd>
      </div>
      <div className="hidden tablet:block">
        <dt>{t.facts.privacy}</dt>
        <dd>{t.privacy[execution.privacyFilteringBehavior]}</dd>
      </div>
      <div className="hidden tablet:block">
        <dt>{t.facts.sentAs}</dt>
        <dd>{sentAs(execution)}</dd>
      </div>
      <div className="hidden tablet:block">
        <dt>{t.facts.amcExecution}</dt>
        <dd className="-my-0.5 flex items-center gap-0.5">
          {execution.amcExecutionId === null ? (
            <span className="text-text-3">{t.facts.notYet}</span>
          ) : (
            <>
              <span className="mono" title={execution.amcExecutionId}>
                {shortened(execution.amcExecutionId)}
              </span>
              <CopyButton text={execution.amcExecutionId} label={t.copyAmcExecution} />
            </>
          )}
        </dd>
      </div>
      {execution.executionTimeSeconds !== null && (
        <div className="hidden tablet:block">
          <dt>{t.facts.computed}</dt>
          <dd>{spanInWords(execution.executionTimeSeconds * 1000)}</dd>
        </div>
      )}
      {execution.rowCount !== null && (
        <div className="hidden tablet:block">
          <dt>{execution.resultsRemovedAt === null ? t.facts.kept : t.facts.keptOnce}</dt>
          <dd>
            {counts.rows(execution.rowCount)}
            {execution.resultBytes !== null && `, ${bytesInWords(execution.resultBytes)}`}
          </dd>
        </div>
      )}
    </dl>
  )
}

function WindowTag({ execution }: { execution: Execution }) {
  const state = windowState(execution)
  return <span className={`tag ${state === 'settled' ? 'ok' : 'warn'}`}>{t.settled[state]}</span>
}

function sentAs({ copy }: Execution): string {
  if (copy === null) return t.facts.whole
  return copy.recreated ? t.facts.recreated : t.facts.byCopy
}

function shortened(id: string): string {
  return id.length <= 16 ? id : `${id.slice(0, 8)}…${id.slice(-4)}`
}
