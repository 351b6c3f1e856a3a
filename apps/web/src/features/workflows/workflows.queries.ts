import type { InstanceId, Workflow, WorkflowFilter, WorkflowId, WorkflowSort } from '@recomamp/contracts'
import {
  countWorkflows,
  getWorkflow,
  getWorkflowVersion,
  isFinal,
  listCopies,
  listWorkflowVersions,
  listWorkflows,
} from '@recomamp/contracts'
import { hashKey, infiniteQueryOptions, keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query'
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
  /** The queries that belong to an instance, the last changed first. */
  ofInstance: (instanceId: InstanceId) =>
    infiniteQueryOptions({
      queryKey: [...workflowQueries.all(), 'of-instance', instanceId],
      queryFn: ({ signal, pageParam }) =>
        call(listWorkflows, { query: { limit: 50, cursor: pageParam ?? undefined, instanceId }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  /** The library, page by page; read again while something in it runs or is on its way to AMC. */
  list: (filter: WorkflowFilter & { sort: WorkflowSort; order: 'asc' | 'desc' }) =>
    infiniteQueryOptions({
      queryKey: [...workflowQueries.lists(), filter],
      queryFn: ({ signal, pageParam }) =>
        call(listWorkflows, { query: { ...filter, limit: 50, cursor: pageParam ?? undefined }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) =>
        state.data?.pages.some(({ items }) =>
          items.some(
            ({ latestExecution, copies }) =>
              (latestExecution !== null && !isFinal(latestExecution.status)) ||
              copies?.state === 'waiting' ||
              copies?.state === 'removing',
          ),
        )
          ? 15_000
          : false,
    }),
  /** The caller's own, the last changed first: where somebody was. */
  recent: () =>
    queryOptions({
      queryKey: [...workflowQueries.lists(), 'recent'],
      queryFn: ({ signal }) => call(listWorkflows, { query: { limit: 11, shelf: 'mine' }, signal }),
    }),
  /** Whose last run failed, the latest first. */
  failing: () =>
    queryOptions({
      queryKey: [...workflowQueries.lists(), 'failing'],
      queryFn: ({ signal }) => call(listWorkflows, { query: { limit: 25, outcome: 'failed', sort: 'run' }, signal }),
    }),
  trash: () =>
    infiniteQueryOptions({
      queryKey: [...workflowQueries.lists(), 'trash'],
      queryFn: ({ signal, pageParam }) =>
        call(listWorkflows, { query: { limit: 50, shelf: 'trash', cursor: pageParam ?? undefined }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  lists: () => [...workflowQueries.all(), 'list'] as const,
  /** How many stand on each shelf and carry each tag. */
  counts: () =>
    queryOptions({
      queryKey: [...workflowQueries.all(), 'counts'],
      queryFn: ({ signal }) => call(countWorkflows, { signal }),
    }),
  /** The history of a query, page by page. */
  versions: (workflowId: WorkflowId) =>
    infiniteQueryOptions({
      queryKey: [...workflowQueries.all(), 'versions', workflowId],
      queryFn: ({ signal, pageParam }) =>
        call(listWorkflowVersions, {
          params: { workflowId },
          query: { limit: 50, cursor: pageParam ?? undefined },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  /** One version, which never changes. */
  version: (workflowId: WorkflowId, version: number) =>
    queryOptions({
      queryKey: [...workflowQueries.all(), 'version', workflowId, version],
      queryFn: ({ signal }) => call(getWorkflowVersion, { params: { workflowId, version }, signal }),
      staleTime: Infinity,
    }),
  detail: (workflowId: WorkflowId) =>
    queryOptions({
      queryKey: [...workflowQueries.all(), 'detail', workflowId],
      queryFn: ({ signal }) => call(getWorkflow, { params: { workflowId }, signal }),
    }),
  /** How its results are drawn. Apart from the detail, which is not read again while the query is edited. */
  chart: (workflowId: WorkflowId) =>
    queryOptions({
      queryKey: [...workflowQueries.all(), 'chart', workflowId],
      queryFn: async ({ signal }) => (await call(getWorkflow, { params: { workflowId }, signal })).chart,
      staleTime: 60_000,
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

/** Reads again what lists and counts of queries show; what is open stays as it is. */
export function refreshLibrary(client: QueryClient): void {
  for (const queryKey of [
    workflowQueries.lists(),
    workflowQueries.counts().queryKey,
    workflowQueries.latest().queryKey,
  ])
    void client.invalidateQueries({ queryKey })
}

/** Puts a workflow that the server just answered where its readers look, and has every list that shows it read again. */
export function rememberWorkflow(client: QueryClient, workflow: Workflow): void {
  const { queryKey } = workflowQueries.detail(workflow.id)
  client.setQueryData(queryKey, workflow)
  const isNew = hashKey(queryKey)
  void client.invalidateQueries({ queryKey: workflowQueries.all(), predicate: ({ queryHash }) => queryHash !== isNew })
}
