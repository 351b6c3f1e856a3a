export interface SponsoredCampaign {
  key: number
  advertiser: number
  name: string
  product: 'sponsored_products' | 'sponsored_brands' | 'sponsored_display' | 'sponsored_television'
  budgetType: 'DAILY_BUDGET' | 'LIFETIME_BUDGET'
  startsBefore: number
  endsBefore: number
  promoted: readonly number[]
  audienceFrom: number
  audienceSpan: number
  groups: readonly AdGroup[]
}

interface AdGroup {
  name: string
  price: 'CPC' | 'VCPM'
  /** Dollars for a click, or for a thousand viewable impressions. */
  bid: number
  clickRate: number
  creativeType: 'static_image' | 'video' | null
  creative: string
  creativeAsin: string | null
  targets: readonly Target[]
}

interface Target {
  weight: number
  matchType: string | null
  targeting: string | null
  /** What shoppers typed when this target answered. */
  searchTerms: readonly string[]
}

/** Invented campaigns of all four sponsored products, told apart by SP, SB, SD and TV in their names. */
export const sponsoredCampaigns: readonly SponsoredCampaign[] = [
  {
    key: 101,
    advertiser: 1,
    name: 'Fernhill SP | Brand Keywords',
    product: 'sponsored_products',
    budgetType: 'DAILY_BUDGET',
    startsBefore: 400,
    endsBefore: 0,
    promoted: [1, 2, 3],
    audienceFrom: 0,
    audienceSpan: 0.25,
    groups: [
      {
        name: 'Brand - Exact',
        price: 'CPC',
        bid: 0.62,
        clickRate: 0.05,
        creativeType: null,
        creative: 'Fernhill Skillet 10 in',
        creativeAsin: 'B0FERN0101',
        targets: [
          {
            weight: 9,
            matchType: 'EXACT',
            targeting: 'fernhill skillet',
            searchTerms: ['fernhill skillet', 'fernhill skillets'],
          },
          { weight: 5, matchType: 'EXACT', targeting: 'fernhill cookware', searchTerms: ['fernhill cookware'] },
        ],
      },
    ],
  },
  {
    key: 102,
    advertiser: 1,
    name: 'Fernhill SP | Skillets | Generic',
    product: 'sponsored_products',
    budgetType: 'DAILY_BUDGET',
    startsBefore: 400,
    endsBefore: 0,
    promoted: [1, 2],
    audienceFrom: 0.05,
    audienceSpan: 0.6,
    groups: [
      {
        name: 'Skillets - Phrase',
        price: 'CPC',
        bid: 1.05,
        clickRate: 0.02,
        creativeType: null,
        creative: 'Fernhill Skillet 12 in',
        creativeAsin: 'B0FERN0102',
        targets: [
          {
            weight: 18,
            matchType: 'PHRASE',
            targeting: 'cast iron skillet',
            searchTerms: [
              'cast iron skillet',
              'cast iron skillet with lid',
              '12 inch cast iron skillet',
              'lodge cast iron skillet',
            ],
          },
        ],
      },
      {
        name: 'Skillets - Broad',
        price: 'CPC',
        bid: 0.88,
        clickRate: 0.015,
        creativeType: null,
        creative: 'Fernhill Skillet 12 in',
        creativeAsin: 'B0FERN0102',
        targets: [
          {
            weight: 14,
            matchType: 'BROAD',
            targeting: 'iron pan',
            searchTerms: ['iron pan', 'pan iron heavy', 'cast iron frying pan', 'iron pan for steak'],
          },
        ],
      },
    ],
  },
  {
    key: 103,
    advertiser: 1,
    name: 'Fernhill SP | Auto',
    product: 'sponsored_products',
    budgetType: 'DAILY_BUDGET',
    startsBefore: 85,
    endsBefore: 0,
    promoted: [3, 4, 5, 6],
    audienceFrom: 0.1,
    audienceSpan: 0.7,
    groups: [
      {
        name: 'Auto - All Products',
        price: 'CPC',
        bid: 0.71,
        clickRate: 0.012,
        creativeType: null,
        creative: 'Fernhill Dutch Oven',
        creativeAsin: 'B0FERN0201',
        targets: [
          {
            weight: 8,
            matchType: 'TARGETING_EXPRESSION_PREDEFINED',
            targeting: 'close-match',
            searchTerms: ['dutch oven', 'enameled dutch oven', 'bread oven pot'],
          },
          {
            weight: 6,
            matchType: 'TARGETING_EXPRESSION_PREDEFINED',
            targeting: 'loose-match',
            searchTerms: ['wedding gift kitchen', 'oven safe pot'],
          },
        ],
      },
    ],
  },
  {
    key: 104,
    advertiser: 1,
    name: 'Fernhill SB Video | Cast Iron',
    product: 'sponsored_brands',
    budgetType: 'DAILY_BUDGET',
    startsBefore: 70,
    endsBefore: 0,
    promoted: [1, 2, 3],
    audienceFrom: 0.05,
    audienceSpan: 0.5,
    groups: [
      {
        name: 'SB Video - Cast Iron',
        price: 'CPC',
        bid: 1.32,
        clickRate: 0.006,
        creativeType: 'video',
        creative: 'Fernhill Sear Test video',
        creativeAsin: null,
        targets: [
          {
            weight: 14,
            matchType: 'BROAD',
            targeting: 'cast iron',
            searchTerms: ['cast iron', 'iron cast cookware', 'cast iron pan'],
          },
        ],
      },
    ],
  },
  {
    key: 105,
    advertiser: 1,
    name: 'Fernhill SD | Remarketing | vCPM',
    product: 'sponsored_display',
    budgetType: 'DAILY_BUDGET',
    startsBefore: 400,
    endsBefore: 0,
    promoted: [1, 2, 3, 4],
    audienceFrom: 0.05,
    audienceSpan: 0.3,
    groups: [
      {
        name: 'SD - Views Remarketing',
        price: 'VCPM',
        bid: 6.2,
        clickRate: 0.003,
        creativeType: 'static_image',
        creative: 'Fernhill lifestyle image',
        creativeAsin: 'B0FERN0101',
        targets: [
          {
            weight: 16,
            matchType: 'TARGETING_EXPRESSION',
            targeting: 'views=(exact-product lookback=30)',
            searchTerms: [],
          },
        ],
      },
    ],
  },
  {
    key: 106,
    advertiser: 2,
    name: 'Kestrel Ridge SP | Tents | Generic',
    product: 'sponsored_products',
    budgetType: 'DAILY_BUDGET',
    startsBefore: 400,
    endsBefore: 0,
    promoted: [7, 8],
    audienceFrom: 0.4,
    audienceSpan: 0.55,
    groups: [
      {
        name: 'Tents - Exact',
        price: 'CPC',
        bid: 1.4,
        clickRate: 0.018,
        creativeType: null,
        creative: 'Kestrel 3P Tent',
        creativeAsin: 'B0KEST0101',
        targets: [
          {
            weight: 13,
            matchType: 'EXACT',
            targeting: 'backpacking tent',
            searchTerms: ['backpacking tent', 'backpacking tents'],
          },
          { weight: 7, matchType: 'TARGETING_EXPRESSION', targeting: 'asin="B0777L5YN6"', searchTerms: ['b0777l5yn6'] },
        ],
      },
    ],
  },
  {
    key: 107,
    advertiser: 2,
    name: 'Kestrel Ridge SP | Headlamps',
    product: 'sponsored_products',
    budgetType: 'DAILY_BUDGET',
    startsBefore: 65,
    endsBefore: 0,
    promoted: [10],
    audienceFrom: 0.45,
    audienceSpan: 0.5,
    groups: [
      {
        name: 'Headlamps - Phrase',
        price: 'CPC',
        bid: 0.78,
        clickRate: 0.022,
        creativeType: null,
        creative: 'Kestrel Headlamp 400',
        creativeAsin: 'B0KEST0301',
        targets: [
          {
            weight: 12,
            matchType: 'PHRASE',
            targeting: 'rechargeable headlamp',
            searchTerms: ['rechargeable headlamp', 'rechargeable headlamp for running', 'best rechargeable headlamp'],
          },
        ],
      },
    ],
  },
  {
    key: 108,
    advertiser: 2,
    name: 'Kestrel Ridge SB | Headline | Camping',
    product: 'sponsored_brands',
    budgetType: 'LIFETIME_BUDGET',
    startsBefore: 55,
    endsBefore: 6,
    promoted: [7, 9, 11],
    audienceFrom: 0.4,
    audienceSpan: 0.5,
    groups: [
      {
        name: 'SB Headline - Camping',
        price: 'CPC',
        bid: 1.15,
        clickRate: 0.004,
        creativeType: 'static_image',
        creative: 'Kestrel headline image',
        creativeAsin: null,
        targets: [
          {
            weight: 10,
            matchType: 'BROAD',
            targeting: 'camping gear',
            searchTerms: ['camping gear', 'gear camping winter'],
          },
        ],
      },
    ],
  },
  {
    key: 109,
    advertiser: 2,
    name: 'Kestrel Ridge SD | Category',
    product: 'sponsored_display',
    budgetType: 'DAILY_BUDGET',
    startsBefore: 90,
    endsBefore: 0,
    promoted: [9, 11, 12],
    audienceFrom: 0.5,
    audienceSpan: 0.45,
    groups: [
      {
        name: 'SD - Outdoor Recreation',
        price: 'CPC',
        bid: 1.08,
        clickRate: 0.004,
        creativeType: 'static_image',
        creative: 'Kestrel Sleeping Bag image',
        creativeAsin: 'B0KEST0201',
        targets: [{ weight: 9, matchType: 'TARGETING_EXPRESSION', targeting: 'category="22222222"', searchTerms: [] }],
      },
    ],
  },
  {
    key: 110,
    advertiser: 2,
    name: 'Kestrel Ridge Sponsored TV | Trail Stories',
    product: 'sponsored_television',
    budgetType: 'DAILY_BUDGET',
    startsBefore: 40,
    endsBefore: 0,
    promoted: [7, 9],
    audienceFrom: 0.55,
    audienceSpan: 0.4,
    groups: [
      {
        name: 'Sponsored TV - Outdoor Fans',
        price: 'VCPM',
        bid: 18,
        clickRate: 0,
        creativeType: 'video',
        creative: 'Kestrel Trail Stories 30s',
        creativeAsin: null,
        targets: [{ weight: 7, matchType: null, targeting: null, searchTerms: [] }],
      },
    ],
  },
]
