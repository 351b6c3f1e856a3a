/**
 * The advertisers, products and campaigns of the synthetic data. All names are invented; their words (STV, OLV, Display, SP, SB,
 * SD) are those by which people tell ad products apart, and by which instructional queries filter.
 */
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

export type Channel = 'stv' | 'olv' | 'display' | 'mobile' | 'audio'

export interface DspCampaign {
  key: number
  advertiser: number
  name: string
  goal: string
  /** Days before the end day; 0 as the end means that the campaign runs on. */
  startsBefore: number
  endsBefore: number
  promoted: readonly number[]
  lines: readonly DspLine[]
}

interface DspLine {
  name: string
  type: string
  channel: Channel
  /** Share of all DSP impressions on a day on which every line runs. */
  weight: number
  /** Part of the population that the line reaches, as a range of 0..1 that may wrap around. */
  audienceFrom: number
  audienceSpan: number
  /** Dollars for a thousand impressions. */
  cpm: number
  clickRate: number
  /** Share of impressions that lead to a visit of a product page. */
  visitRate: number
  deal?: string
  creatives: readonly DspCreative[]
}

interface DspCreative {
  name: string
  size: string
  seconds: number | null
  landsOnAmazon: boolean
}

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

export const dspCampaigns: readonly DspCampaign[] = [
  {
    key: 1,
    advertiser: 1,
    name: 'Fernhill | STV | Prospecting | Always On',
    goal: 'REACH',
    startsBefore: 400,
    endsBefore: 0,
    promoted: [1, 3],
    lines: [
      {
        name: 'Fernhill STV - Prime Video - Home Cooks',
        type: 'AAP_VIDEO_CPM',
        channel: 'stv',
        weight: 20,
        audienceFrom: 0,
        audienceSpan: 0.55,
        cpm: 24,
        clickRate: 0,
        visitRate: 0.06,
        deal: 'Fernhill Prime Video upfront',
        creatives: [
          { name: 'Fernhill Sunday Roast 30s', size: '1920x1080', seconds: 30, landsOnAmazon: true },
          { name: 'Fernhill Sunday Roast 15s', size: '1920x1080', seconds: 15, landsOnAmazon: true },
        ],
      },
    ],
  },
  {
    key: 2,
    advertiser: 1,
    name: 'Fernhill | OLV | In-Market Cookware',
    goal: 'COMPLETION_RATE',
    startsBefore: 75,
    endsBefore: 0,
    promoted: [1, 2],
    lines: [
      {
        name: 'Fernhill OLV - In-Market',
        type: 'AAP_VIDEO_CPM',
        channel: 'olv',
        weight: 14,
        audienceFrom: 0.25,
        audienceSpan: 0.4,
        cpm: 14,
        clickRate: 0.0022,
        visitRate: 0.085,
        creatives: [{ name: 'Fernhill Skillet Demo 15s', size: '640x360', seconds: 15, landsOnAmazon: true }],
      },
    ],
  },
  {
    key: 3,
    advertiser: 1,
    name: 'Fernhill | Display | Remarketing',
    goal: 'ROAS',
    startsBefore: 400,
    endsBefore: 0,
    promoted: [1, 2, 3, 4],
    lines: [
      {
        name: 'Fernhill Display - Remarketing - Web',
        type: 'AAP',
        channel: 'display',
        weight: 13,
        audienceFrom: 0.1,
        audienceSpan: 0.3,
        cpm: 6.5,
        clickRate: 0.0035,
        visitRate: 0.14,
        creatives: [
          { name: 'Fernhill REC 300x250', size: '300x250', seconds: null, landsOnAmazon: true },
          { name: 'Fernhill REC 728x90', size: '728x90', seconds: null, landsOnAmazon: true },
        ],
      },
      {
        name: 'Fernhill Display - Remarketing - Mobile',
        type: 'AAP_MOBILE',
        channel: 'mobile',
        weight: 9,
        audienceFrom: 0.1,
        audienceSpan: 0.3,
        cpm: 5,
        clickRate: 0.004,
        visitRate: 0.12,
        creatives: [{ name: 'Fernhill REC 320x50', size: '320x50', seconds: null, landsOnAmazon: true }],
      },
    ],
  },
  {
    key: 4,
    advertiser: 1,
    name: 'Fernhill | Display | Spring Update',
    goal: 'DPVR',
    startsBefore: 80,
    endsBefore: 38,
    promoted: [5, 6],
    lines: [
      {
        name: 'Fernhill Display - Spring - Web',
        type: 'CLASS_I_WEB',
        channel: 'display',
        weight: 12,
        audienceFrom: 0.4,
        audienceSpan: 0.5,
        cpm: 5.5,
        clickRate: 0.0018,
        visitRate: 0.07,
        creatives: [{ name: 'Fernhill Spring 300x600', size: '300x600', seconds: null, landsOnAmazon: true }],
      },
    ],
  },
  {
    key: 5,
    advertiser: 2,
    name: 'Kestrel Ridge | STV | Brand Launch',
    goal: 'REACH',
    startsBefore: 60,
    endsBefore: 0,
    promoted: [7, 8],
    lines: [
      {
        name: 'Kestrel STV - Twitch and Fire TV',
        type: 'AAP_VIDEO_CPM',
        channel: 'stv',
        weight: 18,
        audienceFrom: 0.35,
        audienceSpan: 0.6,
        cpm: 21,
        clickRate: 0,
        visitRate: 0.06,
        creatives: [{ name: 'Kestrel First Light 30s', size: '1920x1080', seconds: 30, landsOnAmazon: false }],
      },
    ],
  },
  {
    key: 6,
    advertiser: 2,
    name: 'Kestrel Ridge | Display | Prospecting',
    goal: 'PAGE_VISIT',
    startsBefore: 400,
    endsBefore: 0,
    promoted: [7, 9, 10],
    lines: [
      {
        name: 'Kestrel Display - Prospecting - Web',
        type: 'AAP_DISPLAY',
        channel: 'display',
        weight: 14,
        audienceFrom: 0.5,
        audienceSpan: 0.6,
        cpm: 4.8,
        clickRate: 0.0016,
        visitRate: 0.07,
        creatives: [{ name: 'Kestrel Trail 300x250', size: '300x250', seconds: null, landsOnAmazon: true }],
      },
      {
        name: 'Kestrel Display - Prospecting - App',
        type: 'CLASS_I_MOBILE_APP',
        channel: 'mobile',
        weight: 8,
        audienceFrom: 0.5,
        audienceSpan: 0.6,
        cpm: 4.2,
        clickRate: 0.003,
        visitRate: 0.07,
        creatives: [{ name: 'Kestrel Trail 320x50', size: '320x50', seconds: null, landsOnAmazon: false }],
      },
    ],
  },
  {
    key: 7,
    advertiser: 2,
    name: 'Kestrel Ridge | Audio | Weekend Listeners',
    goal: 'REACH',
    startsBefore: 50,
    endsBefore: 10,
    promoted: [10, 12],
    lines: [
      {
        name: 'Kestrel Audio - Alexa',
        type: 'AAP_AUDIO_CPM',
        channel: 'audio',
        weight: 4,
        audienceFrom: 0.6,
        audienceSpan: 0.2,
        cpm: 12,
        clickRate: 0,
        visitRate: 0.02,
        creatives: [{ name: 'Kestrel Campfire 30s', size: 'Responsive', seconds: null, landsOnAmazon: true }],
      },
    ],
  },
  {
    // Far below every threshold on purpose: its rows show what Amazon leaves out.
    key: 8,
    advertiser: 2,
    name: 'Kestrel Ridge | Display | Pilot Store Visitors',
    goal: 'OTHER',
    startsBefore: 45,
    endsBefore: 0,
    promoted: [12],
    lines: [
      {
        name: 'Kestrel Display - Pilot',
        type: 'AAP',
        channel: 'display',
        weight: 0.02,
        audienceFrom: 0.9,
        audienceSpan: 0.001,
        cpm: 9,
        clickRate: 0.01,
        visitRate: 0.07,
        creatives: [{ name: 'Kestrel Pilot 160x600', size: '160x600', seconds: null, landsOnAmazon: false }],
      },
    ],
  },
]

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
