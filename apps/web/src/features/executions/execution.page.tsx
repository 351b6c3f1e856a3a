import type { Execution, ExecutionId } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { SquareTerminal } from 'lucide-react'
import { useMemo } from 'react'
import { ExportButton } from '#features/exports/export-button.tsx'
import { executions as t } from '#messages/executions.ts'
import { bytesInWords, counted, figure, spanInWords, windowInWords } from '#platform/words.ts'
import { CopyButton } from '#ui/copy-button.tsx'
import { Page } from '#ui/page.tsx'
import { PanelBoundary } from '#ui/panel-boundary.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { SqlText } from '#ui/sql-text.tsx'
import { StatusMark } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'
import { Tabs } from '#ui/tabs.tsx'
import { ExecutionResult } from './execution-result.tsx'
import { executionQueries } from './executions.queries.ts'
import { PhaseBar } from './phase-bar.tsx'
import { type Arrangement, unarranged } from './result-arrangement.ts'
import { valueInWords } from './value-words.ts'
import { windowState } from './window-state.ts'

const route = getRouteApi('/app/executions/$executionId')

export function ExecutionPage() {
  const { executionId } = route.useParams()
  return <ExecutionById key={executionId} executionId={executionId} />
}

function ExecutionById({ executionId }: { executionId: ExecutionId }) {
  const { data: execution, error, refetch } = useQuery(executionQueries.detail(executionId))
  if (execution === undefined)
    return error === null ? <Skeleton label={t.detail} /> : <ErrorPanel error={error} onRetry={() => void refetch()} />
  return <ExecutionView execution={execution} />
}

function ExecutionView({ execution }: { execution: Execution }) {
  const { tab, sort, f, cols } = route.useSearch()
  const navigate = route.useNavigate()
  const arranged = {
    arrangement: useMemo(
      () => ({ ...unarranged, ...(sort && { sort }), ...(f && { filter: f }), ...(cols && { columns: cols }) }),
      [sort, f, cols],
    ),
    onArrange: (next: Arrangement) =>
      void navigate({
        search: (now) => ({
          ...now,
          sort: next.sort.length === 0 ? undefined : [...next.sort],
          f: next.filter.length === 0 ? undefined : [...next.filter],
          cols: next.columns === null ? undefined : [...next.columns],
        }),
      }),
  }
  const values = Object.entries(execution.values)
  return (
    <Page
      title={execution.workflow.name}
      beside={
        <>
          <StatusMark mark={markOf(execution)} boxed />
          <span className="tag lined">{t.version(execution.version)}</span>
          {execution.dryRun && <span className="tag lined">{t.check.tag}</span>}
        </>
      }
      actions={
        <Link
          to="/workbench/$workflowId"
          params={{ workflowId: execution.workflow.id }}
          search={{ run: execution.id }}
          className="btn default"
        >
          <SquareTerminal size={14} strokeWidth={1.7} aria-hidden />
          {t.openQuery}
        </Link>
      }
    >
      <PhaseBar execution={execution} />
      <Facts execution={execution} />
      {execution.warnings.length > 0 && (
        <p className="text-12 text-warn px-6 pt-2">
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
                  />
                </PanelBoundary>
              ),
            },
            {
              id: 'sql',
              title: t.tabs.sql,
              content: (
                <div className="grid gap-x-4 desk:grid-cols-2">
                  <SqlColumn title={t.sqlSent} text={execution.sqlSent} />
                  <SqlColumn title={t.template} text={execution.template} />
                </div>
              ),
            },
            {
              id: 'values',
              title: (
                <>
                  {t.tabs.values} <span className="text-text-3">{values.length}</span>
                </>
              ),
              content: <Values execution={execution} />,
            },
          ]}
        />
      </div>
    </Page>
  )
}

function SqlColumn({ title, text }: { title: string; text: string }) {
  return (
    <section className="min-w-0">
      <h2 className="text-12 text-text-2 flex items-center gap-1 px-3.5 pt-3">
        {title}
        <CopyButton text={text} label={`Copy: ${title}`} />
      </h2>
      <SqlText text={text} label={title} />
    </section>
  )
}

function Values({ execution }: { execution: Execution }) {
  const values = Object.entries(execution.values)
  if (values.length === 0) return <p className="text-text-2 px-6 py-4">{t.noValues}</p>
  return (
    <table className="rows max-w-[900px]">
      <thead>
        <tr>
          <th style={{ width: '240px' }}>{t.valueColumns.name}</th>
          <th>{t.valueColumns.value}</th>
        </tr>
      </thead>
      <tbody>
        {values.map(([name, value]) => (
          <tr key={name}>
            <td>
              <span className="parameter-pill">{name}</span>
            </td>
            <td className="mono whitespace-normal!">{valueInWords(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
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
      <div>
        <dt>{t.facts.parameters}</dt>
        <dd>{t.facts.set(Object.keys(execution.values).length)}</dd>
      </div>
      <div>
        <dt>{t.facts.privacy}</dt>
        <dd>{t.privacy[execution.privacyFilteringBehavior]}</dd>
      </div>
      <div>
        <dt>{t.facts.sentAs}</dt>
        <dd>{sentAs(execution)}</dd>
      </div>
      <div>
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
        <div>
          <dt>{t.facts.computed}</dt>
          <dd>{spanInWords(execution.executionTimeSeconds * 1000)}</dd>
        </div>
      )}
      {execution.rowCount !== null && (
        <div>
          <dt>{t.facts.kept}</dt>
          <dd>
            {counted(execution.rowCount, 'row')}
            {execution.resultBytes !== null && `, ${bytesInWords(execution.resultBytes)}`}
          </dd>
        </div>
      )}
    </dl>
  )
}

function WindowTag({ execution }: { execution: Execution }) {
  const state = windowState(execution.window, new Date(execution.requestedAt))
  return <span className={`tag ${state === 'settled' ? 'ok' : 'warn'}`}>{t.settled[state]}</span>
}

function sentAs({ copy }: Execution): string {
  if (copy === null) return t.facts.whole
  return copy.recreated ? t.facts.recreated : t.facts.byCopy
}

function shortened(id: string): string {
  return id.length <= 16 ? id : `${id.slice(0, 8)}…${id.slice(-4)}`
}
