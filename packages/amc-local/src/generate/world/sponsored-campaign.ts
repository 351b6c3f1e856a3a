export interface SponsoredCampaign {
  key: number
  advertiser: number
  name: string
  /** `amazon_live` is traffic of the product carousels beside Amazon Live, which has a table of its own. */
  product: 'sponsored_products' | 'sponsored_brands' | 'sponsored_display' | 'sponsored_television' | 'amazon_live'
  budgetType: 'DAILY_BUDGET' | 'LIFETIME_BUDGET'
  startsBefore: number
  endsBefore: number
  /** Where it is not simply enabled or ended. */
  status?: 'PAUSED' | 'ADS_NOT_RUNNING'
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
  creativeType: 'static_image' | 'video' | 'third_party_creative' | null
  creative: string
  creativeAsin: string | null
  /** Segments whose people are bid for at a higher price. */
  bidSegments?: readonly number[]
  targets: readonly Target[]
}

interface Target {
  weight: number
  matchType: string | null
  targeting: string | null
  /** What shoppers typed when this target answered. */
  searchTerms: readonly string[]
}
