import { z } from 'zod'
import { maybe, NextToken, numeric } from './tolerant.ts'

/** An advertiser whose signals are in an instance. */
export const AmcAdvertiser = z.object({
  id: z.string().min(1),
  name: maybe(z.string()),
  marketplaceId: maybe(z.string()),
  /** DISPLAY or SPONSORED_ADS in recorded answers; the set is open. */
  type: maybe(z.string()),
  configuredAdvertiserTypes: maybe(z.array(z.string())),
})
export type AmcAdvertiser = z.infer<typeof AmcAdvertiser>

/** `GET /amc/instances/{instanceId}/advertisers`. */
export const AmcAdvertiserPage = z
  .object({ advertisers: z.array(AmcAdvertiser).nullish(), nextToken: NextToken, totalCount: maybe(numeric) })
  .transform((page) => ({ items: page.advertisers ?? [], nextToken: page.nextToken }))
