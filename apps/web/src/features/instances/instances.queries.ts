import { addInstances, checkConnection, type ConnectionId, listInstances } from '@recomamp/contracts'
import { infiniteQueryOptions, keepPreviousData, mutationOptions, queryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'

export const instanceQueries = {
  all: () => ['instances'] as const,
  /** The first hundred, for the switcher. */
  first: () =>
    queryOptions({
      queryKey: [...instanceQueries.all(), 'first'],
      queryFn: ({ signal }) => call(listInstances, { query: { limit: 100 }, signal }),
    }),
  found: (q: string) =>
    queryOptions({
      queryKey: [...instanceQueries.all(), 'found', q],
      queryFn: ({ signal }) => call(listInstances, { query: { limit: 50, q: q || undefined }, signal }),
      placeholderData: keepPreviousData,
    }),
  list: (q: string) =>
    infiniteQueryOptions({
      queryKey: [...instanceQueries.all(), 'list', q],
      queryFn: ({ signal, pageParam }) =>
        call(listInstances, { query: { limit: 100, cursor: pageParam ?? undefined, q: q || undefined }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  /** Asks the server to test a connection; the events tell when that is done, the connection how it went. */
  check: () =>
    mutationOptions({
      mutationFn: (connectionId: ConnectionId) => call(checkConnection, { params: { connectionId } }),
    }),
  /** Asks the server to read all accounts and instances again; the events tell when that is done. */
  discover: () => mutationOptions({ mutationFn: () => call(addInstances, { body: { by: 'discovery' } }) }),
}
