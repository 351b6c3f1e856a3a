import { WorkflowContent, WorkflowId, createWorkflow, createWorkflowFromTemplate } from '@recomamp/contracts'
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Navigate, getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { z } from 'zod'
import { dataSourceQueries } from '#features/data-sources/data-sources.queries.ts'
import { useChosenInstance } from '#features/instances/chosen-instance.tsx'
import { rememberWorkflow, workflowQueries } from '#features/workflows/workflows.queries.ts'
import { workbench as t } from '#messages/workbench.ts'
import { call } from '#platform/api.ts'
import { useBlocked } from '#platform/may.ts'
import { takeQueryDraft } from '#platform/query-draft.ts'
import { readStored, writeStored } from '#platform/stored.ts'
import { EmptyState } from '#ui/empty-state.tsx'
import { useTitle } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { lastWorkflow } from './last-workflow.ts'

const entry = getRouteApi('/app/workbench')
const newQuery = getRouteApi('/app/workbench/new')

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

const PendingQuery = z.object({ id: WorkflowId, content: WorkflowContent })
type PendingQuery = z.infer<typeof PendingQuery>

/**
 * The query to come, with an id that outlives a lost answer and a reload: creating it twice creates it once (F-19). What another page
 * handed over begins a query of its own.
 */
function pendingQuery(): PendingQuery {
  const draft = takeQueryDraft()
  const kept = draft === null ? keptQuery() : null
  const query = kept ?? {
    id: WorkflowId.parse(crypto.randomUUID()),
    content: {
      name: draft?.name ?? t.untitled,
      sqlQuery: draft?.sql_query ?? '',
      parameters: draft?.parameters ?? [],
      values: {},
    },
  }
  writeStored('session', pending, JSON.stringify(query))
  return query
}

function keptQuery(): PendingQuery | null {
  try {
    return PendingQuery.safeParse(JSON.parse(readStored('session', pending) ?? '')).data ?? null
  } catch {
    return null
  }
}

/** `/workbench/new`: makes a query and opens it; empty, or what was handed over, or of the query, template or example that the address
 *  names (S-002). */
export function NewQueryPage() {
  useTitle(t.untitled)
  const blocked = useBlocked(createWorkflow)
  if (blocked === null) return <NewQuery />
  return (
    <>
      <h1 className="sr-only">{t.untitled}</h1>
      <EmptyState
        action={
          <span className="flex flex-wrap gap-2">
            <Link to="/queries" className="btn default">
              {t.noNewQuery.queries}
            </Link>
            <Link to="/templates" className="btn quiet">
              {t.noNewQuery.templates}
            </Link>
          </span>
        }
      >
        <strong>{t.noNewQuery.title}</strong> {blocked} {t.noNewQuery.instead}
      </EmptyState>
    </>
  )
}

function NewQuery() {
  const from = newQuery.useSearch()
  const { instance, loading } = useChosenInstance()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { mutate, error } = useMutation({
    async mutationFn({ id, content }: PendingQuery) {
      const { example, copy, template } = from
      const instanceId = instance?.id ?? null
      if (template !== undefined)
        return call(createWorkflowFromTemplate, { params: { templateId: template }, body: { id, instanceId } })
      if (copy !== undefined) return call(createWorkflow, { body: { ...(await copyOf(queryClient, copy)), id } })
      const begun = example === undefined ? content : await exampleContent(queryClient, example)
      return call(createWorkflow, { body: { ...begun, id, instanceId } })
    },
    onSuccess(workflow) {
      writeStored('session', pending, null)
      rememberWorkflow(queryClient, workflow)
      void navigate({ to: '/workbench/$workflowId', params: { workflowId: workflow.id }, search: {}, replace: true })
    },
  })
  useEffect(() => {
    if (!loading) mutate(pendingQuery())
  }, [loading, mutate])
  if (error) return <ErrorPanel error={error} onRetry={() => mutate(pendingQuery())} />
  return <Skeleton label={loading ? t.readingInstances : t.opening} />
}

/** The text of a query as its author sees it, unsaved edits among it, for a query of its own in the same instance. */
async function copyOf(queryClient: QueryClient, workflowId: WorkflowId) {
  const { current, draft, instance } = await queryClient.fetchQuery(workflowQueries.detail(workflowId))
  const { name, sqlQuery, parameters, values } = draft ?? current
  return { name: t.copyOf(name).slice(0, 200), sqlQuery, parameters, values, instanceId: instance?.id ?? null }
}

/** The content of `<table>.<slug>`; an example that is no more begins an empty query. */
async function exampleContent(queryClient: QueryClient, address: string): Promise<WorkflowContent> {
  const [table = '', slug] = address.split('.')
  const { examples } = await queryClient.fetchQuery(dataSourceQueries.detail(table))
  const example = examples.find((each) => each.slug === slug)
  return { name: example?.title ?? t.untitled, sqlQuery: example?.sql ?? '', parameters: [], values: {} }
}
