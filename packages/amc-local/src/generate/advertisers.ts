/** Who advertises in the synthetic data, and what they sell. All names are invented. */
export interface Advertiser {
  key: number
  name: string
  brand: string
  /** IANA zone of every column without `_utc`. */
  timeZone: string
  entityId: string
  /** An agency fee on top of the impression cost makes total_cost differ from impression_cost. */
  agencyFee: number
}

export interface Product {
  key: number
  advertiser: number
  asin: string
  category: string
  subcategory: string
  /** Products of one parent are variations of each other. */
  parent: number
  /** US dollars. */
  price: number
}

export const advertisers: readonly Advertiser[] = [
  {
    key: 1,
    name: 'Fernhill Cookware',
    brand: 'fernhill',
    timeZone: 'America/New_York',
    entityId: 'ENTITY1FERNHILL0SYN',
    agencyFee: 0,
  },
  {
    key: 2,
    name: 'Kestrel Ridge Outdoor',
    brand: 'kestrel ridge',
    timeZone: 'America/Los_Angeles',
    entityId: 'ENTITY2KESTREL00SYN',
    agencyFee: 0.05,
  },
]

export const products: readonly Product[] = [
  { key: 1, advertiser: 1, asin: 'B0FERN0101', category: 'Cookware', subcategory: 'Skillets', parent: 1, price: 34.99 },
  { key: 2, advertiser: 1, asin: 'B0FERN0102', category: 'Cookware', subcategory: 'Skillets', parent: 1, price: 44.99 },
  {
    key: 3,
    advertiser: 1,
    asin: 'B0FERN0201',
    category: 'Cookware',
    subcategory: 'Dutch ovens',
    parent: 2,
    price: 79.0,
  },
  {
    key: 4,
    advertiser: 1,
    asin: 'B0FERN0202',
    category: 'Cookware',
    subcategory: 'Dutch ovens',
    parent: 2,
    price: 99.0,
  },
  { key: 5, advertiser: 1, asin: 'B0FERN0301', category: 'Utensils', subcategory: 'Spatulas', parent: 3, price: 14.5 },
  {
    key: 6,
    advertiser: 1,
    asin: 'B0FERN0401',
    category: 'Bakeware',
    subcategory: 'Sheet pans',
    parent: 4,
    price: 21.75,
  },
  { key: 7, advertiser: 2, asin: 'B0KEST0101', category: 'Shelter', subcategory: 'Tents', parent: 5, price: 189.0 },
  { key: 8, advertiser: 2, asin: 'B0KEST0102', category: 'Shelter', subcategory: 'Tents', parent: 5, price: 229.0 },
  {
    key: 9,
    advertiser: 2,
    asin: 'B0KEST0201',
    category: 'Sleep',
    subcategory: 'Sleeping bags',
    parent: 6,
    price: 89.5,
  },
  { key: 10, advertiser: 2, asin: 'B0KEST0301', category: 'Light', subcategory: 'Headlamps', parent: 7, price: 27.99 },
  {
    key: 11,
    advertiser: 2,
    asin: 'B0KEST0401',
    category: 'Kitchen',
    subcategory: 'Camp stoves',
    parent: 8,
    price: 46.0,
  },
  { key: 12, advertiser: 2, asin: 'B0KEST0501', category: 'Packs', subcategory: 'Daypacks', parent: 9, price: 39.95 },
]
