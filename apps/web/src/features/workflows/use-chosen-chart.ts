import { type ChartDescription, chooseChart, type WorkflowId } from '@recomamp/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#platform/api.ts'
import { workflowQueries } from './workflows.queries.ts'

/** How the results of a query are drawn, and the way to choose it; a choice is shown at once. */
export function useChosenChart(workflowId: WorkflowId) {
  const client = useQueryClient()
  const { queryKey } = workflowQueries.chart(workflowId)
  const { data = null } = useQuery(workflowQueries.chart(workflowId))
  const choice = useMutation({
    mutationFn: (chart: ChartDescription | null) => call(chooseChart, { params: { workflowId }, body: { chart } }),
    onMutate: async (chart) => {
      await client.cancelQueries({ queryKey })
      client.setQueryData(queryKey, chart)
    },
  })
  return { chosen: data, onChoose: choice.mutate, isNotKept: choice.isError }
}
