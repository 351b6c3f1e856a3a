import type { Schema } from '@recomamp/amc-sql'
import {
  type DataSourceSummary,
  type InstanceId,
  Problem,
  type SchemaReading,
  compareDataSources,
  compareInstances,
  exportDataSources,
  getDataSource,
  getSchema,
  listDataSources,
} from '@recomamp/contracts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'

const staleTime = 10 * 60_000

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
  comparison: (names: readonly string[]) =>
    queryOptions({
      queryKey: ['data-sources', 'comparison', names],
      queryFn: ({ signal }) => call(compareDataSources, { query: { names: names.join(',') }, signal }),
      staleTime,
    }),
  /** Two instances as a whole; asked again by itself while AMC is being asked for the tables of one. */
  instanceComparison: (first: string, second: string) =>
    queryOptions({
      queryKey: ['data-sources', 'instances', first, second],
      queryFn: ({ signal }) => call(compareInstances, { query: { between: `${first},${second}` }, signal }),
      refetchInterval: ({ state: { error } }) =>
        error instanceof Problem && error.type === 'schema-not-read' ? 1500 : false,
      staleTime,
    }),
  /** The given sources as one JSON file. */
  export: (names: readonly string[]) =>
    queryOptions({
      queryKey: ['data-sources', 'export', names],
      queryFn: ({ signal }) => call(exportDataSources, { query: { names: names.join(',') }, signal }),
      staleTime,
    }),
  schema: () =>
    queryOptions({
      queryKey: ['data-sources', 'schema'],
      // The endpoint answers amc-sql's Schema as it is; the contract checks only that it is a list of named tables.
      queryFn: async ({ signal }) => (await call(getSchema, { signal })) as unknown as Schema,
      staleTime,
    }),
}
