import type { Schema } from '@recomamp/amc-sql'
import {
  type DataSourceSummary,
  type InstanceId,
  Problem,
  type SchemaReading,
  compareDataSources,
  compareInstances,
  exportDataSources,
  getCatalogue,
  getDataSource,
  getSchema,
  listFieldUses,
  listSnapshots,
  refreshCatalogue,
  listDataSources,
} from '@recomamp/contracts'
import { infiniteQueryOptions, keepPreviousData, mutationOptions, queryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'
import { type ComparedColumn, inCatalogue } from '#platform/compared-column.ts'

const staleTime = 10 * 60_000

/** AMC is being asked for the tables of an instance that nobody has looked at before. */
export function isBeingRead(error: unknown): boolean {
  return error instanceof Problem && error.type === 'schema-not-read'
}

export const dataSourceQueries = {
  all: () => ['data-sources'] as const,
  /** All of them, as the given instance has them where one is given. */
  list: (instance?: InstanceId) =>
    queryOptions({
      queryKey: ['data-sources', 'list', instance ?? null],
      async queryFn({ signal }) {
        const items: DataSourceSummary[] = []
        let reading: SchemaReading | null = null
        let cursor: string | undefined
        do {
          const page = await call(listDataSources, { query: { limit: 100, cursor, instance }, signal })
          items.push(...page.items)
          reading = page.reading
          cursor = page.nextCursor ?? undefined
        } while (cursor !== undefined)
        return { items, reading }
      },
      placeholderData: keepPreviousData,
      staleTime,
    }),
  /** As the given instance has it, where one is given. */
  detail: (name: string, instance?: InstanceId) =>
    queryOptions({
      queryKey: ['data-sources', 'detail', name, instance ?? null],
      queryFn: ({ signal }) => call(getDataSource, { params: { name }, query: { instance }, signal }),
      staleTime,
    }),
  /** The saved queries that use a field, the latest change first. */
  fieldUses: (name: string, field: string, instance?: InstanceId) =>
    infiniteQueryOptions({
      queryKey: ['data-sources', 'uses', name, field, instance ?? null],
      queryFn: ({ signal, pageParam }) =>
        call(listFieldUses, {
          params: { name, field },
          query: { instance, limit: 10, cursor: pageParam ?? undefined },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      // Queries are saved at any time, elsewhere too.
      staleTime: 0,
    }),
  /** Asked again by itself while AMC is being asked for the tables of an instance. */
  comparison: (columns: readonly ComparedColumn[]) =>
    queryOptions({
      queryKey: ['data-sources', 'comparison', columns],
      queryFn: ({ signal }) =>
        call(compareDataSources, {
          query: {
            names: columns.map(({ name }) => name).join(','),
            in: columns.some(({ place }) => place !== inCatalogue)
              ? columns.map(({ place }) => place).join(',')
              : undefined,
          },
          signal,
        }),
      refetchInterval: ({ state: { error } }) => (isBeingRead(error) ? 1500 : false),
      staleTime,
    }),
  /** The readings of an instance that found something else than the one before, the latest first. */
  readings: (instanceId: InstanceId) =>
    infiniteQueryOptions({
      queryKey: ['data-sources', 'readings', instanceId],
      queryFn: ({ signal, pageParam }) =>
        call(listSnapshots, { params: { instanceId }, query: { limit: 25, cursor: pageParam ?? undefined }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      staleTime: 0,
    }),
  /** The latest of them, to choose one from. */
  latestReadings: (instanceId: InstanceId) =>
    queryOptions({
      queryKey: ['data-sources', 'latest-readings', instanceId],
      queryFn: ({ signal }) => call(listSnapshots, { params: { instanceId }, query: { limit: 25 }, signal }),
      staleTime,
    }),
  /** Where the catalogue comes from; asked again by itself while GitHub is being asked. */
  catalogue: () =>
    queryOptions({
      queryKey: ['data-sources', 'catalogue'],
      queryFn: ({ signal }) => call(getCatalogue, { signal }),
      refetchInterval: ({ state: { data } }) => (data?.repository?.checking === true ? 1500 : false),
    }),
  /** Asks the repository of the catalogue whether there is something new. */
  refreshCatalogue: () => mutationOptions({ mutationFn: () => call(refreshCatalogue, {}) }),
  /** Two instances as a whole; asked again by itself while AMC is being asked for the tables of one. */
  instanceComparison: (first: string, second: string) =>
    queryOptions({
      queryKey: ['data-sources', 'instances', first, second],
      queryFn: ({ signal }) => call(compareInstances, { query: { between: `${first},${second}` }, signal }),
      refetchInterval: ({ state: { error } }) => (isBeingRead(error) ? 1500 : false),
      staleTime,
    }),
  /** The given sources as one JSON file. */
  export: (names: readonly string[]) =>
    queryOptions({
      queryKey: ['data-sources', 'export', names],
      queryFn: ({ signal }) => call(exportDataSources, { query: { names: names.join(',') }, signal }),
      staleTime,
    }),
  /** Every table that a query may name, with those that only the given instance has. */
  schema: (instance?: InstanceId) =>
    queryOptions({
      queryKey: ['data-sources', 'schema', instance ?? null],
      // The endpoint answers amc-sql's Schema as it is; the contract checks only that it is a list of named tables.
      queryFn: async ({ signal }) => (await call(getSchema, { query: { instance }, signal })) as unknown as Schema,
      placeholderData: keepPreviousData,
      staleTime,
    }),
}
