import { factTable } from '../sql-text.ts'
import { advertiserOf } from '../world/advertisers.ts'
import { dspCampaigns } from '../world/dsp-campaigns.ts'
import { marketOf } from '../world/markets.ts'
import { products, type Product } from '../world/products.ts'
import { sponsoredCampaigns } from '../world/sponsored-campaigns.ts'

/** Items that are no product: a search for the brand, its Brand Store, an event off Amazon, a search for the category. */
export const otherItems = { brandSearch: -1, store: -2, offAmazon: -3, categorySearch: -4 } as const

const campaigns = [...dspCampaigns, ...sponsoredCampaigns]

/** What people come to through a campaign: its promoted products, the others of its brand, and the words and site of its brand. */
export function campaignItems(): string {
  const rows = campaigns.map((campaign) => {
    const { brand, market, siteCodes, inStore } = advertiserOf(campaign.advertiser)
    const { store, currency } = marketOf(market)
    const others = ofAdvertiser(campaign.advertiser).filter((product) => !campaign.promoted.includes(product.key))
    const searched = products.find(({ key }) => key === campaign.promoted[0])?.subcategory ?? null
    return [
      campaign.key,
      campaign.promoted,
      others.map((product) => product.key),
      brand.toLowerCase(),
      searched?.toLowerCase() ?? null,
      siteCodes,
      inStore,
      store,
      currency,
    ]
  })
  return factTable(
    'campaign_items',
    {
      campaign_key: 'INTEGER',
      promoted: 'INTEGER[]',
      others: 'INTEGER[]',
      brand: 'VARCHAR',
      category_words: 'VARCHAR',
      site_codes: 'VARCHAR[]',
      in_store: 'DOUBLE',
      marketplace_name: 'VARCHAR',
      currency_iso_code: 'VARCHAR',
    },
    rows,
  )
}

/** What each item is to each campaign of its brand, from the promoted ASIN to the loosest halo, with how close that is. */
export function relations(): string {
  const rows = campaigns.flatMap((campaign) => [
    ...ofAdvertiser(campaign.advertiser).map((product) => [campaign.key, product.key, ...relation(campaign, product)]),
    [campaign.key, otherItems.brandSearch, 'PROMOTED', 'BRAND_KEYWORD', 1],
    [campaign.key, otherItems.categorySearch, 'PROMOTED', 'CATEGORY_KEYWORD', 1],
    [campaign.key, otherItems.store, 'PROMOTED', null, 1],
    [campaign.key, otherItems.offAmazon, 'PROMOTED', null, 1],
  ])
  return factTable(
    'relations',
    {
      campaign_key: 'INTEGER',
      product: 'INTEGER',
      engagement_scope: 'VARCHAR',
      halo_code: 'VARCHAR',
      closeness: 'INTEGER',
    },
    rows,
  )
}

function relation(
  campaign: (typeof campaigns)[number],
  product: Product,
): [scope: string, code: string, close: number] {
  const promoted = products.filter(({ key }) => campaign.promoted.includes(key))
  const shares = (name: 'parent' | 'subcategory' | 'category' | 'department') =>
    promoted.some((other) => other[name] === product[name])
  if (promoted.includes(product)) return ['PROMOTED', 'TRACKED_ASIN', 1]
  if (shares('parent')) return ['PROMOTED', 'VARIATIONAL_ASIN', 1]
  if (shares('subcategory')) return ['BRAND_HALO', 'BRAND_SUBCATEGORY', 2]
  if (shares('category')) return ['BRAND_HALO', 'BRAND_CATEGORY', 3]
  if (shares('department')) return ['BRAND_HALO', 'BRAND_GL_PRODUCT', 3]
  return ['BRAND_HALO', 'BRAND_MARKETPLACE', 3]
}

function ofAdvertiser(key: number): Product[] {
  return products.filter((product) => product.advertiser === key)
}
