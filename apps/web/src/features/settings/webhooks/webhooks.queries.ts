import * as api from '@recomamp/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'

export type LogFilter = Pick<api.QueryOf<typeof api.listWebhookDeliveries>, 'type' | 'state'>

export const webhookQueries = {
  all: () => ['webhooks'] as const,
  list: () =>
    queryOptions({
      queryKey: [...webhookQueries.all(), 'list'],
      queryFn: ({ signal }) => call(api.listWebhooks, { query: { limit: 100 }, signal }),
    }),
  deliveries: (webhookId: api.WebhookId, filter: LogFilter) =>
    infiniteQueryOptions({
      queryKey: [...webhookQueries.all(), 'deliveries', webhookId, filter],
      queryFn: ({ pageParam, signal }) =>
        call(api.listWebhookDeliveries, {
          params: { webhookId },
          query: { limit: 50, cursor: pageParam, ...filter },
          signal,
        }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  delivery: (webhookId: api.WebhookId, deliveryId: api.WebhookDeliveryId) =>
    queryOptions({
      queryKey: [...webhookQueries.all(), 'delivery', webhookId, deliveryId],
      queryFn: ({ signal }) => call(api.getWebhookDelivery, { params: { webhookId, deliveryId }, signal }),
    }),
}
