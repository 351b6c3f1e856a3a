import type { Schema } from '@recomamp/amc-sql'
import { getSchema, listDataSources } from '@recomamp/contracts'
import { queryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'

export const dataSourceQueries = {
  list: () =>
    queryOptions({
      queryKey: ['data-sources', 'list'],
      queryFn: ({ signal }) => call(listDataSources, { query: { limit: 100 }, signal }),
      staleTime: 10 * 60_000,
    }),
  schema: () =>
    queryOptions({
      queryKey: ['data-sources', 'schema'],
      // The endpoint answers amc-sql's Schema as it is; the contract checks only that it is a list of named tables.
      queryFn: async ({ signal }) => (await call(getSchema, { signal })) as unknown as Schema,
      staleTime: 10 * 60_000,
    }),
}
