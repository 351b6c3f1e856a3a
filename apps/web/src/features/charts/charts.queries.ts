import { type ChartDescription, type ExecutionId, getChartData, type ResultFilter } from '@recomamp/contracts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'
import { inCurrency } from './chart-values.ts'

export const chartQueries = {
  /** Stored rows never change, so a chart that was read is not asked for again while it is kept. */
  data: (executionId: ExecutionId, chart: ChartDescription, filter: readonly ResultFilter[]) =>
    queryOptions({
      queryKey: ['result-chart', executionId, chart, filter],
      queryFn: async ({ signal }) => ({
        chart,
        data: inCurrency(
          await call(getChartData, {
            params: { executionId },
            query: { chart: JSON.stringify(chart), filter: filter.length === 0 ? undefined : JSON.stringify(filter) },
            signal,
          }),
        ),
      }),
      staleTime: Infinity,
      placeholderData: keepPreviousData,
    }),
}
