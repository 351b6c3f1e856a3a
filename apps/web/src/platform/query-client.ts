import { Problem } from '@recomamp/contracts'
import { QueryClient } from '@tanstack/react-query'

/**
 * Server state. Keys are [noun, kind, …] and are written only in the `*.queries.ts` of the noun: a mutation or an event then
 * invalidates [noun] and reaches every view of it (S-014).
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What the server said no to stays a no; what got no answer is tried again.
      retry: (failures, error) => failures < 2 && !(error instanceof Problem && error.status < 500),
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})
