import type { Workflow, WorkflowId } from '@recomamp/contracts'
import { getWorkflow, listCopies, listWorkflows } from '@recomamp/contracts'
import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query'
import { call } from '#platform/api.ts'

export const workflowQueries = {
  all: () => ['workflows'] as const,
  /** The query that was changed last, for the way into the workbench. */
  latest: () =>
    queryOptions({
      queryKey: [...workflowQueries.all(), 'latest'],
      queryFn: ({ signal }) => call(listWorkflows, { query: { limit: 1 }, signal }),
    }),
  /** Queries whose name holds a text, the last changed first. */
  found: (q: string) =>
    queryOptions({
      queryKey: [...workflowQueries.all(), 'found', q],
      queryFn: ({ signal }) => call(listWorkflows, { query: { limit: 50, q: q || undefined }, signal }),
      placeholderData: keepPreviousData,
    }),
  detail: (workflowId: WorkflowId) =>
    queryOptions({
      queryKey: [...workflowQueries.all(), 'detail', workflowId],
      queryFn: ({ signal }) => call(getWorkflow, { params: { workflowId }, signal }),
    }),
  /** Where AMC keeps a query, and whether that is the text of a version; asked for again by itself only while something is under way. */
  copies: (workflowId: WorkflowId, version?: number) =>
    queryOptions({
      queryKey: [...workflowQueries.all(), 'copies', workflowId, ...(version === undefined ? [] : [version])],
      queryFn: ({ signal }) => call(listCopies, { params: { workflowId }, signal }),
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) =>
        state.data?.items.some((copy) => copy.state === 'waiting' || copy.state === 'removing') ? 2_000 : false,
    }),
}

/** Puts a workflow that the server just answered where its readers look. */
export function rememberWorkflow(client: QueryClient, workflow: Workflow): void {
  client.setQueryData(workflowQueries.detail(workflow.id).queryKey, workflow)
  void client.invalidateQueries({ queryKey: workflowQueries.latest().queryKey })
}
