import type { Schema } from '@recomamp/amc-sql'
import { getSchema } from '@recomamp/contracts'
import { queryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'

export const dataSourceQueries = {
  schema: () =>
    queryOptions({
      queryKey: ['data-sources', 'schema'],
      // The endpoint answers amc-sql's Schema as it is; the contract checks only that it is a list of named tables.
      queryFn: async ({ signal }) => (await call(getSchema, { signal })) as unknown as Schema,
      staleTime: 10 * 60_000,
    }),
}
