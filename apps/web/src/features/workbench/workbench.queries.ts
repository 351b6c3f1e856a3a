import type { InstanceId, WorkflowId } from '@recomamp/contracts'
import { getRunOutlook, previewRun } from '@recomamp/contracts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'
import type { RunBody } from './use-run.ts'

export const workbenchQueries = {
  /** What a run would send; asked anew with everything that decides it. */
  preview: (workflowId: WorkflowId, body: RunBody) =>
    queryOptions({
      queryKey: ['run-preview', workflowId, body],
      queryFn: ({ signal }) => call(previewRun, { params: { workflowId }, body, signal }),
      // The copy at AMC may change meanwhile, which changes what is sent.
      staleTime: 0,
      gcTime: 0,
      retry: false,
    }),
  /** How busy the instance is and how long the query takes; under the executions, so that news of a run renews it. */
  outlook: (workflowId: WorkflowId, instanceId: InstanceId) =>
    queryOptions({
      queryKey: ['executions', 'outlook', workflowId, instanceId],
      queryFn: ({ signal }) => call(getRunOutlook, { params: { workflowId }, query: { instanceId }, signal }),
      placeholderData: keepPreviousData,
    }),
}
