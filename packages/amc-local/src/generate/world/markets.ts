/** A country with its Amazon store. People live in one market and meet ads and offers of that market only. */
export interface Market {
  key: number
  country: string
  /**
   * As Amazon spells the store in `marketplace_name`; null where no public page shows the spelling, and then nobody advertises or
   * sells there: the people of such a market stand in the audience segment tables only.
   */
  store: string | null
  /** Amazon's number of the store: `segment_marketplace_id`, `marketplace_id`. */
  marketplaceId: number
  currency: string
  currencyName: string
  region: 'amer' | 'eu' | 'apac'
  /** Share of all people. */
  share: number
}

/** The first market holds most people, so that its groups survive every threshold; the last one is small on purpose. */
export const markets: readonly Market[] = [
  {
    key: 1,
    country: 'US',
    store: 'AMAZON.COM',
    marketplaceId: 1,
    currency: 'USD',
    currencyName: 'Dollar (USA)',
    region: 'amer',
    share: 0.85,
  },
  {
    key: 2,
    country: 'GB',
    store: 'AMAZON.CO.UK',
    marketplaceId: 3,
    currency: 'GBP',
    currencyName: 'Pound (United Kingdom)',
    region: 'eu',
    share: 0.065,
  },
  {
    key: 3,
    country: 'CA',
    store: 'AMAZON_CA',
    marketplaceId: 7,
    currency: 'CAD',
    currencyName: 'Dollar (Canada)',
    region: 'amer',
    share: 0.045,
  },
  {
    key: 4,
    country: 'DE',
    store: null,
    marketplaceId: 4,
    currency: 'EUR',
    currencyName: 'Euro',
    region: 'eu',
    share: 0.02,
  },
  {
    key: 5,
    country: 'JP',
    store: null,
    marketplaceId: 6,
    currency: 'JPY',
    currencyName: 'Yen',
    region: 'apac',
    share: 0.015,
  },
  {
    key: 6,
    country: 'AU',
    store: null,
    marketplaceId: 111172,
    currency: 'AUD',
    currencyName: 'Dollar (Australia)',
    region: 'apac',
    share: 0.005,
  },
]

/** The numbers of the people of each market, the last number exclusive. */
export function peopleOf(market: Market, people: number): { first: number; end: number } {
  const before = markets.slice(0, markets.indexOf(market)).reduce((sum, other) => sum + other.share, 0)
  return { first: Math.round(before * people), end: Math.round((before + market.share) * people) }
}

/** The market with this key. */
export function marketOf(key: number): Market {
  const market = markets[key - 1]
  if (market === undefined) throw new Error(`There is no market ${key}`)
  return market
}
