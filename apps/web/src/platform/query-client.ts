import { Problem } from '@recomamp/contracts'
import { type Query, QueryClient } from '@tanstack/react-query'

/**
 * Server state. Keys are [noun, kind, …] and are written only in the `*.queries.ts` of the noun: a mutation or an event then
 * invalidates [noun] and reaches every view of it (S-014).
 */
export const queryClient = createQueryClient()

/** A client that never keeps an answer which became stale while it was on its way. */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
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
  readStaleAnswersAgain(client)
  return client
}

/** TanStack Query begins a fetch again when it is invalidated, but not the first one of a query: its answer, older than the change
 *  that it was invalidated for, would count as fresh. */
function readStaleAnswersAgain(client: QueryClient): void {
  const overtaken = new WeakSet<Query>()
  client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated') return
    const { query, action } = event
    const { fetchStatus, data } = query.state
    if (action.type === 'invalidate' && fetchStatus !== 'idle' && data === undefined) overtaken.add(query)
    if (action.type === 'success' && overtaken.delete(query))
      void client.invalidateQueries({ queryKey: query.queryKey, exact: true })
  })
}
