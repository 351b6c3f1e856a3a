import type { ExecutionId, ExecutionStatus, RowChange, StatusFilter, WorkflowId } from '@recomamp/contracts'
import {
  compareResults,
  countExecutions,
  getColumnStatistics,
  getMoneyColumns,
  getErrorReport,
  getExecution,
  getExecutionRequest,
  getPolling,
  getResults,
  isFinal,
  listExecutions,
} from '@recomamp/contracts'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'
import { isStreamOpen } from '#platform/events.ts'
import type { ExecutionFilter } from './list-search.ts'
import type { Arrangement } from './result-arrangement.ts'
import { rowsPerPage } from './result-pages.ts'

/** A page of a result as it is arranged. */
interface RowsWanted extends Pick<Arrangement, 'sort' | 'filter' | 'columns'> {
  page: number
}

/** A page of two results, matched by columns. */
interface ComparisonWanted {
  before: ExecutionId
  after: ExecutionId
  /** Null: the dimensions that both have. */
  keys: readonly string[] | null
  kind: RowChange
  sort: string | null
  least: number
  page: number
}

/** How often an open execution is asked for: rarely while events arrive, often while they do not. */
function pollMs(): number {
  return isStreamOpen() === true ? 15_000 : 2_000
}

export const executionQueries = {
  all: () => ['executions'] as const,
  list: (filter: Partial<ExecutionFilter> & { status?: StatusFilter | undefined }) =>
    infiniteQueryOptions({
      queryKey: [...executionQueries.all(), 'list', filter],
      queryFn: ({ signal, pageParam }) =>
        call(listExecutions, { query: { limit: 50, cursor: pageParam ?? undefined, ...filter }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: (query) =>
        query.state.data?.pages.some((page) => page.items.some((each) => !isFinal(each.status))) ? pollMs() : false,
      placeholderData: keepPreviousData,
    }),
  /** Those of a filter that go on, which stand on top of its list. */
  live: (filter: ExecutionFilter) =>
    queryOptions({
      queryKey: [...executionQueries.all(), 'live', filter],
      queryFn: ({ signal }) => call(listExecutions, { query: { limit: 100, ...filter, status: 'open' }, signal }),
      refetchInterval: (query) => ((query.state.data?.total ?? 0) > 0 ? pollMs() : false),
      placeholderData: keepPreviousData,
    }),
  counts: (filter: ExecutionFilter) =>
    queryOptions({
      queryKey: [...executionQueries.all(), 'counts', filter],
      queryFn: ({ signal }) => call(countExecutions, { query: filter, signal }),
      placeholderData: keepPreviousData,
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
  /** The latest runs of one query. */
  ofWorkflow: (workflowId: WorkflowId) =>
    queryOptions({
      queryKey: [...executionQueries.all(), 'of-workflow', workflowId],
      queryFn: ({ signal }) => call(listExecutions, { query: { limit: 50, workflowId }, signal }),
    }),
  /** Read again when the status changes: an answer may have come with it. */
  request: (executionId: ExecutionId, status: ExecutionStatus) =>
    queryOptions({
      queryKey: [...executionQueries.all(), 'request', executionId, status],
      queryFn: ({ signal }) => call(getExecutionRequest, { params: { executionId }, signal }),
    }),
  /** Why an execution failed; that does not change any more. */
  errorReport: (executionId: ExecutionId) =>
    queryOptions({
      queryKey: ['error-report', executionId],
      queryFn: ({ signal }) => call(getErrorReport, { params: { executionId }, signal }),
      staleTime: Infinity,
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
  /** Rows of two results, matched; stored results never change. */
  comparison: ({ before, after, keys, kind, sort, least, page }: ComparisonWanted) =>
    queryOptions({
      queryKey: ['result-comparison', before, after, keys, kind, sort, least, page],
      queryFn: ({ signal }) =>
        call(compareResults, {
          params: { executionId: after },
          query: {
            with: before,
            keys: keys === null ? undefined : JSON.stringify(keys),
            kind,
            sort: kind === 'changed' ? (sort ?? undefined) : undefined,
            least: kind === 'changed' ? least : 0,
            offset: page * rowsPerPage,
            limit: rowsPerPage,
          },
          signal,
        }),
      staleTime: Infinity,
      gcTime: 60_000,
    }),
  moneyColumns: (executionId: ExecutionId) =>
    queryOptions({
      queryKey: ['money-columns', executionId],
      queryFn: ({ signal }) => call(getMoneyColumns, { params: { executionId }, signal }),
      staleTime: Infinity,
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
export function arrangedQuery({ sort, filter, columns }: Pick<Arrangement, 'sort' | 'filter' | 'columns'>) {
  const json = (value: readonly unknown[] | null) =>
    value === null || value.length === 0 ? undefined : JSON.stringify(value)
  return { sort: json(sort), filter: json(filter), columns: json(columns) }
}
