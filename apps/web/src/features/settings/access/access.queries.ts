import * as api from '@recomamp/contracts'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'

type AuditFilter = Pick<api.QueryOf<typeof api.listAudit>, 'action' | 'person'>

/** Members, invitations, sessions, tokens and the log: what the settings show of access. */
export const accessQueries = {
  all: () => ['access'] as const,
  members: () =>
    infiniteQueryOptions({
      queryKey: [...accessQueries.all(), 'members'],
      queryFn: ({ pageParam, signal }) => call(api.listMembers, { query: { limit: 100, cursor: pageParam }, signal }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  invitations: () =>
    infiniteQueryOptions({
      queryKey: [...accessQueries.all(), 'invitations'],
      queryFn: ({ pageParam, signal }) =>
        call(api.listInvitations, { query: { limit: 100, cursor: pageParam }, signal }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  sessions: () =>
    infiniteQueryOptions({
      queryKey: [...accessQueries.all(), 'sessions'],
      queryFn: ({ pageParam, signal }) => call(api.listSessions, { query: { limit: 100, cursor: pageParam }, signal }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      staleTime: 0,
    }),
  tokens: () =>
    infiniteQueryOptions({
      queryKey: [...accessQueries.all(), 'tokens'],
      queryFn: ({ pageParam, signal }) => call(api.listTokens, { query: { limit: 100, cursor: pageParam }, signal }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      staleTime: 0,
    }),
  audit: (filter: AuditFilter) =>
    infiniteQueryOptions({
      queryKey: [...accessQueries.all(), 'audit', filter],
      queryFn: ({ pageParam, signal }) =>
        call(api.listAudit, { query: { limit: 50, cursor: pageParam, ...filter }, signal }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      staleTime: 0,
    }),
}
