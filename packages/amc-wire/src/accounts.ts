import { z } from 'zod'
import { EntityId, MarketplaceId } from './ids.ts'
import { maybe, NextToken } from './tolerant.ts'

/** An AMC account: its id and marketplace go into the headers of every other call. */
export const AmcAccount = z.object({
  accountId: EntityId,
  accountName: maybe(z.string()),
  marketplaceId: MarketplaceId,
})
export type AmcAccount = z.infer<typeof AmcAccount>

/** `GET /amc/accounts`. */
export const AmcAccountPage = z
  .object({ amcAccounts: z.array(AmcAccount).nullish(), nextToken: NextToken })
  .transform((page) => ({ items: page.amcAccounts ?? [], nextToken: page.nextToken }))
