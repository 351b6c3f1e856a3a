/** Who advertises in the synthetic data. All names are invented. */
export interface Advertiser {
  key: number
  name: string
  brand: string
  /** Where its campaigns run and its products are sold. */
  market: number
  /** IANA zone of every column without `_utc`. */
  timeZone: string
  entityId: string
  /** An agency fee on top of the impression cost makes total_cost differ from impression_cost. */
  agencyFee: number
  /** Hours by which its people live behind UTC, so that their evening is an evening. */
  hoursBehindUtc: number
  /**
   * The codes of a visit, a step further and a goal on the advertiser's own site (event vocabulary of the custom attribution guide).
   */
  siteCodes: readonly [visit: string, step: string, goal: string]
  /** Share of orders that happen in a store of a grocery chain. */
  inStore: number
  /** False for brands that Amazon does not sell: their Brand Store is a non-endemic one. */
  sellsOnAmazon: boolean
}

const shopSite = ['55', '53', '30'] as const

export const advertisers: readonly Advertiser[] = [
  {
    key: 1,
    name: 'Fernhill Cookware',
    brand: 'Fernhill',
    market: 1,
    timeZone: 'America/New_York',
    entityId: 'ENTITY1FERNHILL0SYN',
    agencyFee: 0,
    hoursBehindUtc: 5,
    siteCodes: shopSite,
    inStore: 0,
    sellsOnAmazon: true,
  },
  {
    key: 2,
    name: 'Kestrel Ridge Outdoor',
    brand: 'Kestrel Ridge',
    market: 1,
    timeZone: 'America/Los_Angeles',
    entityId: 'ENTITY2KESTREL00SYN',
    agencyFee: 0.05,
    hoursBehindUtc: 7,
    siteCodes: shopSite,
    inStore: 0,
    sellsOnAmazon: true,
  },
  {
    key: 3,
    name: 'Juniper Lane Pantry',
    brand: 'Juniper Lane',
    market: 1,
    timeZone: 'America/Chicago',
    entityId: 'ENTITY3JUNIPER00SYN',
    agencyFee: 0,
    hoursBehindUtc: 6,
    siteCodes: shopSite,
    inStore: 0.3,
    sellsOnAmazon: true,
  },
  {
    key: 4,
    name: 'Thistle Home UK',
    brand: 'Thistle Home',
    market: 2,
    timeZone: 'Europe/London',
    entityId: 'ENTITY4THISTLE00SYN',
    agencyFee: 0,
    hoursBehindUtc: 24,
    siteCodes: shopSite,
    inStore: 0,
    sellsOnAmazon: true,
  },
  {
    key: 5,
    name: 'Kestrel Ridge Canada',
    brand: 'Kestrel Ridge',
    market: 3,
    timeZone: 'America/Toronto',
    entityId: 'ENTITY5KESTRELCASYN',
    agencyFee: 0,
    hoursBehindUtc: 5,
    siteCodes: shopSite,
    inStore: 0,
    sellsOnAmazon: true,
  },
  {
    key: 6,
    name: 'Vantry Motors',
    brand: 'Vantry',
    market: 1,
    timeZone: 'America/Detroit',
    entityId: 'ENTITY6VANTRY000SYN',
    agencyFee: 0,
    hoursBehindUtc: 5,
    siteCodes: ['4', '31', '32'],
    inStore: 0,
    sellsOnAmazon: false,
  },
  {
    key: 7,
    name: 'Lumen Reel Channel',
    brand: 'Lumen Reel',
    market: 1,
    timeZone: 'America/New_York',
    entityId: 'ENTITY7LUMENREELSYN',
    agencyFee: 0,
    hoursBehindUtc: 5,
    siteCodes: shopSite,
    inStore: 0,
    sellsOnAmazon: true,
  },
]

/** The advertiser with this key. */
export function advertiserOf(key: number): Advertiser {
  const advertiser = advertisers[key - 1]
  if (advertiser === undefined) throw new Error(`There is no advertiser ${key}`)
  return advertiser
}
