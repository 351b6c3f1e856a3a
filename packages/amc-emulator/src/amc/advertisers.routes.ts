import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { addUpdate, updatesOf } from '../state/advertiser-updates.store.ts'
import type { Advertiser } from '../world/instance.ts'
import { sendJson } from './answer.ts'
import { administeredAccountOf, instanceIn, instanceOf } from './caller.ts'
import { requestBody, readWith } from './definition.ts'
import { pageOf, queryOf } from './paging.ts'
import { Refusal } from './refusal.ts'

const path = '/amc/instances/:instanceId/advertisers'
const mediaType = 'application/json'

/** The advertisers whose signals are in an instance, and requests to change them (guide instance-management). */
export function advertiserRoutes(app: FastifyInstance, ctx: Context): void {
  app.get(path, { config: { operation: 'getInstanceAdvertisers' } }, (request, reply) => {
    const { advertisers } = instanceOf(ctx, request)
    const wanted = queryOf(request.url)['type']
    const found = wanted === undefined ? advertisers : advertisers.filter(({ type }) => type === wanted)
    const { items, nextToken } = pageOf(found, request.url)
    return sendJson(reply, mediaType, {
      advertisers: items.map(formatAdvertiser),
      nextToken,
      totalCount: found.length,
    })
  })

  app.post(`${path}/updates`, { config: { operation: 'createAdvertiserUpdate' } }, (request, reply) => {
    const instance = instanceIn(ctx, request, administeredAccountOf(ctx, request))
    const change = readWith(AdvertiserChange, requestBody(request.body))
    const advertiserUpdate = addUpdate(ctx.db, instance.id, change, ctx.now())
    if (advertiserUpdate === null) throw new Refusal(400, 'An earlier update of this instance is still in progress')
    return sendJson(reply, mediaType, { advertiserUpdate })
  })

  app.get(`${path}/updates`, { config: { operation: 'listAdvertiserUpdates' } }, (request, reply) => {
    const { items, nextToken } = pageOf(updatesOf(ctx.db, instanceOf(ctx, request).id, ctx.now()), request.url)
    return sendJson(reply, mediaType, { advertiserUpdates: items, nextToken })
  })

  app.get(`${path}/updates/:updateId`, { config: { operation: 'getAdvertiserUpdate' } }, (request, reply) => {
    const { updateId } = request.params as { updateId: string }
    const updates = updatesOf(ctx.db, instanceOf(ctx, request).id, ctx.now())
    const advertiserUpdate = updates.find((one) => String(one.updateId) === updateId)
    if (advertiserUpdate === undefined) throw new Refusal(404, `Advertiser update with ID ${updateId} does not exist`)
    return sendJson(reply, mediaType, { advertiserUpdate })
  })
}

const AdvertiserNamed = z
  .object({
    id: z.string().min(1),
    marketplaceId: z.string().min(1).nullish(),
    type: z.enum(['DISPLAY', 'SPONSORED_ADS']),
  })
  .refine((one) => one.type === 'DISPLAY' || typeof one.marketplaceId === 'string', {
    path: ['marketplaceId'],
    message: 'is required for SPONSORED_ADS',
  })
  .transform(({ id, marketplaceId, type }) => ({
    id,
    marketplaceId: type === 'DISPLAY' ? null : (marketplaceId ?? null),
    type,
  }))

const AdvertiserChange = z
  .object({
    advertisersToAdd: z.array(AdvertiserNamed).default([]),
    advertisersToRemove: z.array(AdvertiserNamed).default([]),
  })
  .refine(
    ({ advertisersToAdd, advertisersToRemove }) => {
      const named = advertisersToAdd.length + advertisersToRemove.length
      return named >= 1 && named <= 10
    },
    { path: ['advertisersToAdd'], message: 'one to ten advertisers can be added or removed at once' },
  )

function formatAdvertiser(advertiser: Advertiser) {
  const { id, name, marketplaceId, type } = advertiser
  return { id, name, marketplaceId, type, configuredAdvertiserTypes: [type] }
}
