import type { Workflow, WorkflowId } from '@recomamp/contracts'
import { ExecutionId, Problem } from '@recomamp/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Navigate, getRouteApi } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { dataSourceQueries } from '#features/data-sources/data-sources.queries.ts'
import { SchemaPane } from '#features/data-sources/schema-pane.tsx'
import { ExecutionResult } from '#features/executions/execution-result.tsx'
import { executionQueries } from '#features/executions/executions.queries.ts'
import { useChosenInstance } from '#features/instances/chosen-instance.tsx'
import { StartFromQuestion } from '#features/templates/start-from-question.tsx'
import { useCopyTemplate } from '#features/templates/use-copy-template.ts'
import { CopyStatus } from '#features/workflows/copy-status.tsx'
import { useChosenChart } from '#features/workflows/use-chosen-chart.ts'
import { rememberWorkflow, workflowQueries } from '#features/workflows/workflows.queries.ts'
import { executions as executionWords } from '#messages/executions.ts'
import { workbench as t } from '#messages/workbench.ts'
import { lazyPart } from '#ui/lazy-part.tsx'
import { useTitle } from '#ui/page.tsx'
import { PanelBoundary } from '#ui/panel-boundary.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { pressEarly } from './early-press.ts'
import { rememberLastWorkflow } from './last-workflow.ts'
import { dropTab } from './open-documents.ts'
import { useDocument } from './use-document.ts'
import type { LocalTry } from './use-local-run.ts'
import { useOwnInstance } from './use-own-instance.ts'
import { type Bench, useWorkbench } from './use-workbench.ts'
import { WorkbenchFrame } from './workbench-frame.tsx'

const route = getRouteApi('/app/workbench/$workflowId')
const LocalResult = lazyPart(() => import('#features/executions/local-result.tsx').then((module) => module.LocalResult))
const ChartPane = lazyPart(() => import('#features/charts/chart-pane.tsx').then((module) => module.ChartPane))
const WorkbenchHistory = lazyPart(() =>
  import('./workbench-history.page.tsx').then((module) => module.WorkbenchHistory),
)
const ExportButton = lazyPart(() => import('#features/exports/export-button.tsx').then((module) => module.ExportButton))

export function WorkbenchPage() {
  const { workflowId } = route.useParams()
  return <OpenWorkflow key={workflowId} workflowId={workflowId} />
}

function OpenWorkflow({ workflowId }: { workflowId: WorkflowId }) {
  // Read afresh each time the query is opened, and not again while it is edited: drafts follow the revision read here.
  const { data, error, isFetchedAfterMount, refetch } = useQuery({
    ...workflowQueries.detail(workflowId),
    staleTime: Infinity,
    refetchOnMount: 'always',
  })
  const gone = error instanceof Problem && error.type === 'workflow-not-found'
  useEffect(() => {
    rememberLastWorkflow(gone ? null : workflowId)
    if (gone) dropTab(workflowId)
  }, [gone, workflowId])
  if (gone) return <Navigate to="/workbench" replace />
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (data === undefined || !isFetchedAfterMount) return <Skeleton label={t.opening} />
  return <Workbench workflow={data} />
}

function Workbench({ workflow }: { workflow: Workflow }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const queryClient = useQueryClient()
  const chosen = useChosenInstance()
  const { instance } = chosen
  const schema = useQuery({
    ...dataSourceQueries.schema(instance?.id),
    enabled: !chosen.loading || chosen.instances.length > 0,
  })
  const [state, document] = useDocument(workflow, instance?.id ?? null)
  const shownRun = search.run ?? workflow.latestExecution?.id
  const shown = useQuery({
    ...executionQueries.detail(shownRun ?? noExecution),
    enabled: shownRun !== undefined,
  })
  const choice = useChosenChart(workflow.id)
  useTitle(state.content.name)

  const openTemplate = useCopyTemplate(instance?.id ?? null, (created) => {
    rememberWorkflow(queryClient, created)
    void navigate({ to: '/workbench/$workflowId', params: { workflowId: created.id }, search: {} })
  })
  const isReplaced = openTemplate.isPending || openTemplate.isSuccess
  const settled = useOwnInstance({
    chosen,
    workflow,
    document,
    linked: search.i,
    onMoved: (i) => void navigate({ search: (old) => ({ ...old, i }), replace: true }),
  })
  const bench = useWorkbench({
    workflowId: workflow.id,
    state,
    document,
    schema: schema.data ?? null,
    instance,
    windowParam: search.w,
    openAt: search.at,
    ready: settled && !isReplaced,
    onEarly: (act) => pressEarly(isReplaced ? 'next' : workflow.id, act),
    onWindowParam: (w) => void navigate({ search: (old) => ({ ...old, w }), replace: true }),
    onStarted(execution) {
      queryClient.setQueryData(executionQueries.detail(execution.id).queryKey, execution)
      void queryClient.invalidateQueries({ queryKey: executionQueries.latest().queryKey })
      void navigate({ search: (old) => ({ ...old, run: execution.id }) })
    },
  })

  return (
    <WorkbenchFrame
      bench={bench}
      onHistory={() => void navigate({ search: (old) => ({ ...old, side: 'history' as const }) })}
      history={
        search.side === 'history' && (
          <PanelBoundary label={t.opening}>
            <WorkbenchHistory
              workflow={workflow}
              state={state}
              document={document}
              left={search.v}
              onLeft={(v) => void navigate({ search: (old) => ({ ...old, v }), replace: true })}
              onClose={() => void navigate({ search: (old) => ({ ...old, side: undefined, v: undefined }) })}
            />
          </PanelBoundary>
        )
      }
      renderSchema={(insert) =>
        schema.data === undefined ? (
          schema.error ? (
            <ErrorPanel error={schema.error} onRetry={() => void schema.refetch()} />
          ) : (
            <Skeleton label={t.schema.loading} />
          )
        ) : (
          <PanelBoundary label={t.schema.title}>
            <SchemaPane schema={schema.data} used={bench.used} onInsert={insert} />
          </PanelBoundary>
        )
      }
      copy={
        instance !== null && (
          <CopyStatus
            workflowId={workflow.id}
            instanceId={instance.id}
            privacy={bench.privacy}
            version={state.version}
            edited={state.edited}
            save={bench.saveStudied}
          />
        )
      }
      start={
        <>
          {openTemplate.error && <ErrorPanel error={openTemplate.error} />}
          <StartFromQuestion
            opening={openTemplate.isPending ? openTemplate.variables.id : null}
            onOpen={(template) => !openTemplate.isPending && openTemplate.mutate(template)}
          />
        </>
      }
      shownRun={shown.data ?? null}
      renderTry={(tried) => (
        <PanelBoundary label={t.local.tab}>
          <Suspense fallback={<Skeleton label={t.local.tab} />}>
            <TriedResult tried={tried} bench={bench} />
          </Suspense>
        </PanelBoundary>
      )}
      renderResult={
        shownRun === undefined
          ? null
          : (select) => (
              <PanelBoundary label={t.result}>
                <ExecutionResult
                  key={shownRun}
                  executionId={shownRun}
                  onPlace={({ from, to }) => select(from, to)}
                  beside={<ResultLinks executionId={shownRun} text={state.content.sqlQuery} />}
                  chart={{
                    view: search.view ?? null,
                    onView: (view) => void navigate({ search: (old) => ({ ...old, view }) }),
                    hasOwn: choice.chosen !== null,
                    render: (execution, filter) => <ChartPane execution={execution} filter={filter} {...choice} />,
                  }}
                />
              </PanelBoundary>
            )
      }
    />
  )
}

/** Stands for no run where a query of one is not asked. */
const noExecution = ExecutionId.parse('00000000-0000-4000-8000-000000000000')

/** What a try on synthetic data came to, and the ways on from it. */
function TriedResult({ tried, bench }: { tried: LocalTry; bench: Bench }) {
  const { part } = tried
  const of = part.kind === 'part' ? t.local.of.part(part.name) : t.local.of[part.kind]
  const isStale = tried.state === 'done' && part.kind === 'query' && tried.sqlQuery !== bench.state.content.sqlQuery
  return (
    <LocalResult
      of={isStale ? `${of}, ${t.local.stale}` : of}
      run={tried.state === 'done' ? tried.run : null}
      problem={tried.state === 'failed' ? tried.problem : null}
      onAgain={part.kind === 'part' ? bench.tryPart : bench.tryLocally}
      onClose={bench.tries.dismiss}
    />
  )
}

interface ResultLinksProps {
  executionId: ExecutionId
  /** The text on screen. */
  text: string
}

/** Where a result comes from: the version, when the text has moved on since, and the way to all of it. */
function ResultLinks({ executionId, text }: ResultLinksProps) {
  const { data: execution } = useQuery(executionQueries.detail(executionId))
  if (execution === undefined) return null
  return (
    <span className="text-12 flex items-center gap-3">
      <span className="text-text-3" title={execution.textHash}>
        {execution.template === text
          ? executionWords.version(execution)
          : t.resultPane.from(executionWords.version(execution))}
      </span>
      <Link to="/executions/$executionId" params={{ executionId }} search={{}}>
        {t.resultPane.openExecution}
      </Link>
      <Suspense fallback={null}>
        <ExportButton execution={execution} />
      </Suspense>
    </span>
  )
}
