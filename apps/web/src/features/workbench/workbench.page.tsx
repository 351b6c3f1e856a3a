import type { ExecutionId, Workflow, WorkflowId } from '@recomamp/contracts'
import { Problem } from '@recomamp/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Navigate, getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { dataSourceQueries } from '#features/data-sources/data-sources.queries.ts'
import { SchemaPane } from '#features/data-sources/schema-pane.tsx'
import { ExecutionResult } from '#features/executions/execution-result.tsx'
import { executionQueries } from '#features/executions/executions.queries.ts'
import { useChosenInstance } from '#features/instances/chosen-instance.tsx'
import { StartFromQuestion } from '#features/templates/start-from-question.tsx'
import { useCopyTemplate } from '#features/templates/use-copy-template.ts'
import { CopyStatus } from '#features/workflows/copy-status.tsx'
import { rememberWorkflow, workflowQueries } from '#features/workflows/workflows.queries.ts'
import { workbench as t } from '#messages/workbench.ts'
import { useTitle } from '#ui/page.tsx'
import { PanelBoundary } from '#ui/panel-boundary.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { rememberLastWorkflow } from './last-workflow.ts'
import { useDocument } from './use-document.ts'
import { useOwnInstance } from './use-own-instance.ts'
import { useWorkbench } from './use-workbench.ts'
import { WorkbenchFrame } from './workbench-frame.tsx'

const route = getRouteApi('/app/workbench/$workflowId')
const ExportButton = lazy(() =>
  import('#features/exports/export-button.tsx').then((module) => ({ default: module.ExportButton })),
)

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
  const schema = useQuery(dataSourceQueries.schema())
  const [state, document] = useDocument(workflow, instance?.id ?? null)
  const shownRun = search.run ?? workflow.latestExecution?.id
  useTitle(state.content.name)

  const bench = useWorkbench({
    workflowId: workflow.id,
    state,
    document,
    schema: schema.data ?? null,
    instance,
    windowParam: search.w,
    onWindowParam: (w) => void navigate({ search: (old) => ({ ...old, w }), replace: true }),
    onStarted(execution) {
      queryClient.setQueryData(executionQueries.detail(execution.id).queryKey, execution)
      void queryClient.invalidateQueries({ queryKey: executionQueries.latest().queryKey })
      void navigate({ search: (old) => ({ ...old, run: execution.id }) })
    },
  })

  useOwnInstance({
    chosen,
    workflow,
    document,
    linked: search.i,
    onMoved: (i) => void navigate({ search: (old) => ({ ...old, i }), replace: true }),
  })

  const openTemplate = useCopyTemplate(instance?.id ?? null, (created) => {
    rememberWorkflow(queryClient, created)
    void navigate({ to: '/workbench/$workflowId', params: { workflowId: created.id }, search: {} })
  })

  return (
    <WorkbenchFrame
      bench={bench}
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
      renderResult={
        shownRun === undefined
          ? null
          : (select) => (
              <PanelBoundary label={t.result}>
                <ExecutionResult
                  key={shownRun}
                  executionId={shownRun}
                  onPlace={({ from, to }) => select(from, to)}
                  beside={<ResultLinks executionId={shownRun} version={state.version} edited={state.edited} />}
                />
              </PanelBoundary>
            )
      }
    />
  )
}

interface ResultLinksProps {
  executionId: ExecutionId
  version: number
  edited: boolean
}

/** Where a result comes from: the version, when the text has moved on since, and the way to all of it. */
function ResultLinks({ executionId, version, edited }: ResultLinksProps) {
  const { data: execution } = useQuery(executionQueries.detail(executionId))
  if (execution === undefined) return null
  const moved = edited || execution.version !== version
  return (
    <span className="text-12 flex items-center gap-3">
      {moved && <span className="text-text-3">{t.resultPane.from(execution.version)}</span>}
      <Link to="/executions/$executionId" params={{ executionId }} search={{}}>
        {t.resultPane.openExecution}
      </Link>
      <Suspense fallback={null}>
        <ExportButton execution={execution} />
      </Suspense>
    </span>
  )
}
