import type { Workflow, WorkflowId } from '@recomamp/contracts'
import { getWorkflow, listWorkflows } from '@recomamp/contracts'
import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { call } from '#platform/api.ts'

export const workflowQueries = {
  all: () => ['workflows'] as const,
  /** The query that was changed last, for the way into the workbench. */
  latest: () =>
    queryOptions({
      queryKey: [...workflowQueries.all(), 'latest'],
      queryFn: ({ signal }) => call(listWorkflows, { query: { limit: 1 }, signal }),
    }),
  detail: (workflowId: WorkflowId) =>
    queryOptions({
      queryKey: [...workflowQueries.all(), 'detail', workflowId],
      queryFn: ({ signal }) => call(getWorkflow, { params: { workflowId }, signal }),
    }),
}

/** Puts a workflow that the server just answered where its readers look. */
export function rememberWorkflow(client: QueryClient, workflow: Workflow): void {
  client.setQueryData(workflowQueries.detail(workflow.id).queryKey, workflow)
  void client.invalidateQueries({ queryKey: workflowQueries.latest().queryKey })
}
