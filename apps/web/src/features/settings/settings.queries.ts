import type { ConnectionId, Keeping } from '@recomamp/contracts'
import {
  changeKeeping,
  checkConnection,
  deleteWorkspace,
  disconnect,
  getDisconnection,
  getKeeping,
  getWorkspaceDeletion,
  previewKeeping,
} from '@recomamp/contracts'
import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'

export const connectionQueries = {
  all: () => ['connections'] as const,
  /** What its end would stop. Never from before: runs begin and end. */
  disconnection: (connectionId: ConnectionId) =>
    queryOptions({
      queryKey: [...connectionQueries.all(), 'disconnection', connectionId],
      queryFn: ({ signal }) => call(getDisconnection, { params: { connectionId }, signal }),
      staleTime: 0,
    }),
  check: (connectionId: ConnectionId) =>
    mutationOptions({ mutationFn: () => call(checkConnection, { params: { connectionId } }) }),
  disconnect: (connectionId: ConnectionId) =>
    mutationOptions({ mutationFn: () => call(disconnect, { params: { connectionId } }) }),
}

export const keepingQueries = {
  all: () => ['keeping'] as const,
  kept: () =>
    queryOptions({
      queryKey: [...keepingQueries.all(), 'kept'],
      queryFn: ({ signal }) => call(getKeeping, { signal }),
    }),
  /** What would go now. Never from before: things come of age. */
  removes: (days: Partial<Record<keyof Keeping, number>>) =>
    queryOptions({
      queryKey: [...keepingQueries.all(), 'removes', days],
      queryFn: ({ signal }) => call(previewKeeping, { query: days, signal }),
      staleTime: 0,
    }),
  change: () => mutationOptions({ mutationFn: (body: Partial<Keeping>) => call(changeKeeping, { body }) }),
}

export const workspaceQueries = {
  /** What would go with it. Never from before: things are made and end. */
  deletion: () =>
    queryOptions({
      queryKey: ['workspace', 'deletion'],
      queryFn: ({ signal }) => call(getWorkspaceDeletion, { signal }),
      staleTime: 0,
    }),
  remove: () => mutationOptions({ mutationFn: (name: string) => call(deleteWorkspace, { body: { name } }) }),
}
