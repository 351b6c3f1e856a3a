import type { BodyGiven, ConnectionId, Instance, InstanceId, QueryGiven } from '@recomamp/contracts'
import {
  addInstances,
  checkConnection,
  getInstance,
  getInstanceActivity,
  getInstanceRemoval,
  getSchemaReading,
  listInstances,
  listSnapshots,
  readSchema,
  removeInstance,
  updateInstance,
} from '@recomamp/contracts'
import {
  type QueryClient,
  infiniteQueryOptions,
  keepPreviousData,
  mutationOptions,
  queryOptions,
} from '@tanstack/react-query'
import { call } from '#platform/api.ts'

/** What the list is narrowed to; the address holds it. */
export type InstanceFilter = Pick<QueryGiven<typeof listInstances>, 'q' | 'region' | 'connectionId' | 'type'>

export type InstanceChange = BodyGiven<typeof updateInstance>

type InstanceByHand = Omit<Extract<BodyGiven<typeof addInstances>, { by: 'hand' }>, 'by'>

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
  list: (filter: InstanceFilter) =>
    infiniteQueryOptions({
      queryKey: [...instanceQueries.all(), 'list', filter],
      queryFn: ({ signal, pageParam }) =>
        call(listInstances, { query: { ...filter, limit: 100, cursor: pageParam ?? undefined }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
    }),
  detail: (instanceId: InstanceId) =>
    queryOptions({
      queryKey: [...instanceQueries.all(), 'detail', instanceId],
      queryFn: ({ signal }) => call(getInstance, { params: { instanceId }, signal }),
    }),
  activity: (instanceId: InstanceId) =>
    queryOptions({
      queryKey: [...instanceQueries.all(), 'activity', instanceId],
      queryFn: ({ signal }) => call(getInstanceActivity, { params: { instanceId }, signal }),
      refetchInterval: ({ state: { data } }) => ((data?.running ?? 0) + (data?.waiting ?? 0) > 0 ? 5_000 : false),
    }),
  /** When AMC was asked for its tables, and how that went; asked again by itself while AMC is being asked. */
  reading: (instanceId: InstanceId) =>
    queryOptions({
      queryKey: [...instanceQueries.all(), 'reading', instanceId],
      queryFn: ({ signal }) => call(getSchemaReading, { params: { instanceId }, signal }),
      refetchInterval: ({ state: { data } }) => (data?.state === 'waiting' ? 2_000 : false),
    }),
  /** How its tables changed, the latest first. */
  snapshots: (instanceId: InstanceId) =>
    queryOptions({
      queryKey: [...instanceQueries.all(), 'snapshots', instanceId],
      queryFn: ({ signal }) => call(listSnapshots, { params: { instanceId }, query: { limit: 10 }, signal }),
    }),
  /** What its removal would take with it. Never from before: runs begin and end. */
  removal: (instanceId: InstanceId) =>
    queryOptions({
      queryKey: [...instanceQueries.all(), 'removal', instanceId],
      queryFn: ({ signal }) => call(getInstanceRemoval, { params: { instanceId }, signal }),
      staleTime: 0,
    }),
  /** Asks the server to test a connection; the events tell when that is done, the connection how it went. */
  check: () =>
    mutationOptions({
      mutationFn: (connectionId: ConnectionId) => call(checkConnection, { params: { connectionId } }),
    }),
  /** Asks the server to read all accounts and instances again; the events tell when that is done. */
  discover: () => mutationOptions({ mutationFn: () => call(addInstances, { body: { by: 'discovery' } }) }),
  addByHand: () =>
    mutationOptions({
      mutationFn: (given: InstanceByHand) => call(addInstances, { body: { by: 'hand', ...given } }),
    }),
  /** Asks AMC again which tables an instance has. */
  readTables: (instanceId: InstanceId) =>
    mutationOptions({ mutationFn: () => call(readSchema, { params: { instanceId } }) }),
  update: (instanceId: InstanceId) =>
    mutationOptions({
      mutationFn: (body: InstanceChange) => call(updateInstance, { params: { instanceId }, body }),
    }),
  remove: (instanceId: InstanceId) =>
    mutationOptions({ mutationFn: () => call(removeInstance, { params: { instanceId } }) }),
}

/** Puts an instance that the server just answered where its readers look, and has every list that shows it read again. */
export function rememberInstance(client: QueryClient, instance: Instance): void {
  client.setQueryData(instanceQueries.detail(instance.id).queryKey, instance)
  void client.invalidateQueries({ queryKey: instanceQueries.all() })
}
