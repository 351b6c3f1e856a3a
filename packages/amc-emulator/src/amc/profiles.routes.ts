import { countryOfMarketplace } from '@recomamp/amc-wire'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { instancesOf } from '../state/instances.store.ts'
import { numberFrom } from '../world/instance.ts'
import type { Advertiser } from '../world/instance.ts'
import { sendJson } from './answer.ts'
import { callerOf } from './caller.ts'
import { Refusal } from './refusal.ts'

/** The sponsored-ads profiles of the caller (Amazon Ads reference, Profiles version 2): what most Amazon Ads clients ask for first. */
export function profilesRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/v2/profiles', { config: { operation: 'listProfiles' } }, (request, reply) =>
    sendJson(reply, 'application/json', profilesOf(ctx, request)),
  )
  app.get<{ Params: { profileId: string } }>(
    '/v2/profiles/:profileId',
    { config: { operation: 'getProfile' } },
    (request, reply) => {
      const { profileId } = request.params
      const found = profilesOf(ctx, request).find((profile) => String(profile.profileId) === profileId)
      if (found === undefined) throw new Refusal(404, `Profile with ID ${profileId} does not exist`)
      return sendJson(reply, 'application/json', found)
    },
  )
}

function profilesOf(ctx: Context, request: FastifyRequest) {
  const instances = callerOf(ctx, request).accounts.flatMap((account) => instancesOf(ctx.db, account, ctx.now()))
  const advertisers = new Map(
    instances.flatMap(({ advertisers }) => advertisers.map((advertiser) => [advertiser.id, advertiser] as const)),
  )
  return [...advertisers.values()].flatMap((advertiser) =>
    advertiser.marketplaceId === null ? [] : [formatProfile(advertiser, advertiser.marketplaceId)],
  )
}

function formatProfile(advertiser: Advertiser, marketplaceId: string) {
  const country = countryOfMarketplace(marketplaceId) ?? 'US'
  const { currencyCode, timezone } = money[country] ?? { currencyCode: 'EUR', timezone: 'Europe/Paris' }
  return {
    profileId: numberFrom(advertiser.id, 100_000_000_000_000),
    countryCode: country === 'GB' ? 'UK' : country,
    currencyCode,
    timezone,
    accountInfo: {
      marketplaceStringId: marketplaceId,
      id: advertiser.id,
      type: 'vendor',
      name: advertiser.name,
      validPaymentMethod: true,
    },
  }
}

/** Currency and zone of a profile by country, as the reference lists them; the rest of Europe pays in euros on Paris time. */
const money: Readonly<Record<string, { currencyCode: string; timezone: string }>> = {
  US: { currencyCode: 'USD', timezone: 'America/Los_Angeles' },
  CA: { currencyCode: 'CAD', timezone: 'America/Los_Angeles' },
  GB: { currencyCode: 'GBP', timezone: 'Europe/London' },
  JP: { currencyCode: 'JPY', timezone: 'Asia/Tokyo' },
  AU: { currencyCode: 'AUD', timezone: 'Australia/Sydney' },
}
