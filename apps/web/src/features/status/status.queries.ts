import { getStatus } from '@recomamp/contracts'
import { queryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'

export const statusQueries = {
  /** Asked for again and again while somebody looks at it. */
  now: () =>
    queryOptions({
      queryKey: ['status'],
      queryFn: ({ signal }) => call(getStatus, { signal }),
      staleTime: 0,
      refetchInterval: 5000,
    }),
}
