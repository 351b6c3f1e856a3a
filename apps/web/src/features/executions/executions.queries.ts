import type { ExecutionId, ExecutionStatus } from '@recomamp/contracts'
import { getColumnStatistics, getExecution, getPolling, getResults, isFinal, listExecutions } from '@recomamp/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'
import { isStreamOpen } from '#platform/events.ts'
import type { Arrangement } from './result-arrangement.ts'
import { rowsPerPage } from './result-pages.ts'

export interface ExecutionFilter {
  status?: ExecutionStatus | undefined
}

/** A page of a result as it is arranged. */
interface RowsWanted extends Arrangement {
  page: number
}

/** How often an open execution is asked for: rarely while events arrive, often while they do not. */
function pollMs(): number {
  return isStreamOpen() === true ? 15_000 : 2_000
}

export const executionQueries = {
  all: () => ['executions'] as const,
  list: (filter: ExecutionFilter) =>
    infiniteQueryOptions({
      queryKey: [...executionQueries.all(), 'list', filter],
      queryFn: ({ signal, pageParam }) =>
        call(listExecutions, { query: { limit: 50, cursor: pageParam ?? undefined, status: filter.status }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: (query) =>
        query.state.data?.pages.some((page) => page.items.some((each) => !isFinal(each.status))) ? pollMs() : false,
    }),
  /** The latest executions, for the pill in the top bar. */
  latest: () =>
    queryOptions({
      queryKey: [...executionQueries.all(), 'latest'],
      queryFn: ({ signal }) => call(listExecutions, { query: { limit: 25 }, signal }),
      refetchInterval: (query) => (query.state.data?.items.some((each) => !isFinal(each.status)) ? pollMs() : false),
    }),
  /** How the open ones are watched. */
  polling: () =>
    queryOptions({
      queryKey: [...executionQueries.all(), 'polling'],
      queryFn: ({ signal }) => call(getPolling, { signal }),
      refetchInterval: (query) => ((query.state.data?.openCount ?? 0) > 0 ? 5_000 : false),
    }),
  detail: (executionId: ExecutionId) =>
    queryOptions({
      queryKey: [...executionQueries.all(), 'detail', executionId],
      queryFn: ({ signal }) => call(getExecution, { params: { executionId }, signal }),
      refetchInterval: (query) => (query.state.data && isFinal(query.state.data.status) ? false : pollMs()),
    }),
  /** Stored rows never change, so a page that was read is never asked for again while it is kept. */
  rows: (executionId: ExecutionId, { page, sort, filter, columns }: RowsWanted) =>
    queryOptions({
      queryKey: ['result-rows', executionId, page, sort, filter, columns],
      queryFn: ({ signal }) =>
        call(getResults, {
          params: { executionId },
          query: { offset: page * rowsPerPage, limit: rowsPerPage, ...arrangedQuery({ sort, filter, columns }) },
          signal,
        }),
      staleTime: Infinity,
      gcTime: 60_000,
    }),
  statistics: (executionId: ExecutionId, column: string, filter: Arrangement['filter']) =>
    queryOptions({
      queryKey: ['result-statistics', executionId, column, filter],
      queryFn: ({ signal }) =>
        call(getColumnStatistics, {
          params: { executionId },
          query: { column, filter: arrangedQuery({ sort: [], filter, columns: null }).filter },
          signal,
        }),
      staleTime: Infinity,
    }),
}

/** An arrangement as the query of an address. */
export function arrangedQuery({ sort, filter, columns }: Arrangement) {
  const json = (value: readonly unknown[] | null) =>
    value === null || value.length === 0 ? undefined : JSON.stringify(value)
  return { sort: json(sort), filter: json(filter), columns: json(columns) }
}
