import { getProviders, lookAtInvitation } from '@recomamp/contracts'
import { queryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'

export const signInQueries = {
  providers: () =>
    queryOptions({
      queryKey: ['sign-in', 'providers'],
      queryFn: ({ signal }) => call(getProviders, { signal }),
      refetchInterval: (query) => (query.state.data?.sandbox.offered && !query.state.data.sandbox.ready ? 2000 : false),
    }),
  invitation: (secret: string) =>
    queryOptions({
      queryKey: ['sign-in', 'invitation', secret],
      queryFn: ({ signal }) => call(lookAtInvitation, { body: { secret }, signal }),
      retry: false,
    }),
}
