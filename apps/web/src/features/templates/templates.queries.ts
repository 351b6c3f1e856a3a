import { listQueryTemplates } from '@recomamp/contracts'
import { queryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'

export const templateQueries = {
  list: () =>
    queryOptions({
      queryKey: ['templates', 'list'],
      queryFn: ({ signal }) => call(listQueryTemplates, { query: { limit: 100 }, signal }),
      staleTime: 10 * 60_000,
    }),
}
