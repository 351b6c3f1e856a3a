import { type ExecutionId, listExports } from '@recomamp/contracts'
import { queryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'
import { isStreamOpen } from '#platform/events.ts'

export const exportQueries = {
  all: () => ['exports'] as const,
  /** The latest files of a result; asked again while one is being made, rarely while events arrive. */
  ofExecution: (executionId: ExecutionId) =>
    queryOptions({
      queryKey: [...exportQueries.all(), executionId],
      queryFn: ({ signal }) => call(listExports, { params: { executionId }, query: { limit: 20 }, signal }),
      refetchInterval: ({ state }) => {
        const isMaking = state.data?.items.some(({ status }) => status === 'queued' || status === 'running')
        if (isMaking !== true) return false
        return isStreamOpen() === true ? 5000 : 1000
      },
    }),
}
