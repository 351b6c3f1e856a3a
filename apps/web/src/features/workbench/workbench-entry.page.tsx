import { WorkflowId, createWorkflow } from '@recomamp/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useChosenInstance } from '#features/instances/chosen-instance.tsx'
import { rememberWorkflow, workflowQueries } from '#features/workflows/workflows.queries.ts'
import { workbench as t } from '#messages/workbench.ts'
import { call } from '#platform/api.ts'
import { readStored, writeStored } from '#platform/stored.ts'
import { useTitle } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { lastWorkflow } from './last-workflow.ts'

const entry = getRouteApi('/app/workbench')

/** `/workbench`: the query that was open last, else the one that changed last, else a new one. */
export function WorkbenchEntryPage() {
  const search = entry.useSearch()
  const last = lastWorkflow()
  const { data, error, refetch } = useQuery({ ...workflowQueries.latest(), enabled: last === null })
  if (last !== null)
    return <Navigate to="/workbench/$workflowId" params={{ workflowId: last }} search={search} replace />
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton label={t.opening} />
  const latest = data.items[0]
  return latest === undefined ? (
    <Navigate to="/workbench/new" replace />
  ) : (
    <Navigate to="/workbench/$workflowId" params={{ workflowId: latest.id }} search={search} replace />
  )
}

const pending = 'recomamp.new-query'

/** An id for the query to come that outlives a lost answer and a reload: creating it twice creates it once (F-19). */
function pendingId(): WorkflowId {
  const kept = WorkflowId.safeParse(readStored('session', pending)).data
  if (kept !== undefined) return kept
  const id = WorkflowId.parse(crypto.randomUUID())
  writeStored('session', pending, id)
  return id
}

/** `/workbench/new`: makes an empty query and opens it. */
export function NewQueryPage() {
  useTitle(t.untitled)
  const { instance, loading } = useChosenInstance()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { mutate, error } = useMutation({
    mutationFn: (id: WorkflowId) =>
      call(createWorkflow, {
        body: { id, name: t.untitled, sqlQuery: '', parameters: [], values: {}, instanceId: instance?.id ?? null },
      }),
    onSuccess(workflow) {
      writeStored('session', pending, null)
      rememberWorkflow(queryClient, workflow)
      void navigate({ to: '/workbench/$workflowId', params: { workflowId: workflow.id }, search: {}, replace: true })
    },
  })
  useEffect(() => {
    if (!loading) mutate(pendingId())
  }, [loading, mutate])
  if (error) return <ErrorPanel error={error} onRetry={() => mutate(pendingId())} />
  return <Skeleton label={loading ? t.readingInstances : t.opening} />
}
