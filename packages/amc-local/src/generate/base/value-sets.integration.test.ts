import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestData, type BuiltData } from '../../testing/built-data.ts'

let data: BuiltData
beforeAll(async () => {
  data = await buildTestData()
})
afterAll(() => data.close())

/** Values by which ordinary queries filter: a literal that gives no rows would look like a fault of the query. */
const needed: readonly (readonly [table: string, column: string, values: readonly (string | null)[]])[] = [
  ['dsp_impressions', 'campaign_status', ['RUNNING', 'ENDED', 'PAUSED', 'ADS_NOT_RUNNING']],
  ['dsp_impressions', 'line_item_status', ['RUNNING', 'ENDED', 'PAUSED_BY_USER', 'SUSPENDED']],
  [
    'dsp_impressions',
    'line_item_type',
    [
      'AAP',
      'AAP_DISPLAY',
      'AAP_MOBILE',
      'AAP_VIDEO_CPM',
      'AAP_AUDIO_CPM',
      'CLASS_I_WEB',
      'CLASS_I_MOBILE_WEB',
      'CLASS_I_MOBILE_APP',
    ],
  ],
  ['dsp_impressions', 'campaign_primary_goal', ['ROAS', 'TOTAL_ROAS', 'REACH', 'CTR', 'CPC', 'DPVR', 'CPA', 'NONE']],
  ['dsp_impressions', 'device_type', ['Tablet', 'Phone', 'TV', 'PC', 'ConnectedDevice', 'Unknown', null]],
  ['dsp_impressions', 'environment_type', ['Web', 'App', null]],
  ['dsp_impressions', 'creative_category', ['Display', 'Video', null]],
  ['dsp_impressions', 'slot_position', ['ATF', 'BTF', 'UNKNOWN']],
  ['dsp_impressions', 'page_type', ['Search', 'Detail', 'CustomerReviews', null]],
  ['dsp_impressions', 'creative_is_link_in', ['Y', 'N']],
  ['dsp_impressions', 'campaign_sales_type', ['BILLABLE', 'BONUS']],
  ['dsp_impressions', 'user_id_type', ['adUserId', 'sisDeviceId', 'adBrowserId', null]],
  ['dsp_impressions', 'currency_iso_code', ['USD', 'GBP', 'CAD']],
  ['dsp_impressions', 'iso_country_code', ['US', 'GB', 'CA']],
  [
    'dsp_impressions',
    'supply_source',
    [
      'AMAZON.COM',
      'Prime Video ads',
      'Freevee',
      'AMAZON AUDIO',
      'TWITCH AUDIO',
      'TWITCH WEB VIDEO',
      'Amazon Publisher Services',
      'AMAZON_US MSHOP WEBVIEW',
    ],
  ],
  ['dsp_views', 'event_type', ['MEASURABLE_IMP', 'VIEW', 'UNMEASURABLE_IMP', 'SYNTHETIC_VIEW']],
  [
    'sponsored_ads_traffic',
    'ad_product_type',
    ['sponsored_products', 'sponsored_brands', 'sponsored_display', 'sponsored_television'],
  ],
  [
    'amazon_attributed_events_by_traffic_time',
    'campaign_status',
    ['ENABLED', 'RUNNING', 'ENDED', 'PAUSED', 'ADS_NOT_RUNNING'],
  ],
  ['sponsored_ads_traffic', 'ad_group_status', ['ENABLED', 'PAUSED', 'ARCHIVED']],
  ['sponsored_ads_traffic', 'line_item_price_type', ['CPC', 'VCPM']],
  ['sponsored_ads_traffic', 'campaign_budget_type', ['DAILY_BUDGET', 'LIFETIME_BUDGET']],
  ['sponsored_ads_traffic', 'creative_type', ['static_image', 'video', 'third_party_creative', null]],
  ['sponsored_ads_traffic', 'marketplace_name', ['AMAZON.COM', 'AMAZON.CO.UK', 'AMAZON_CA']],
  [
    'sponsored_ads_traffic',
    'match_type',
    ['BROAD', 'PHRASE', 'EXACT', 'TARGETING_EXPRESSION', 'TARGETING_EXPRESSION_PREDEFINED', 'THEME', null],
  ],
  [
    'sponsored_ads_traffic',
    'placement_type',
    [
      'Top of Search on-Amazon',
      'Detail Page on-Amazon',
      'Other on-Amazon',
      'Homepage on-Amazon',
      'Gateway on-Amazon',
      'Off Amazon',
      null,
    ],
  ],
  [
    'amazon_live_traffic',
    'slot_name',
    ['carousel-desktop-web', 'carousel-mobile-web', 'carousel-mobile-app', 'carousel-shoptv-app'],
  ],
  ['conversions', 'event_category', ['purchase', 'website', 'off-Amazon']],
  [
    'conversions',
    'event_subtype',
    [
      'order',
      'detailPageView',
      'shoppingCart',
      'searchConversion',
      'brandStorePageView',
      'customerReview',
      'wishList',
      'babyRegistry',
      'weddingRegistry',
      'snsSubscription',
      'alexaSkillEnable',
      '4',
      '30',
      '31',
      '32',
      '36',
      '53',
      '55',
    ],
  ],
  [
    'conversions',
    'conversion_event_source_name',
    ['Amazon Ad Tag', 'Conversions API', 'Mobile Measurement Partner', null],
  ],
  [
    'conversions',
    'marketplace_name',
    ['AMAZON.COM', 'AMAZON.CO.UK', 'AMAZON_CA', 'WHOLE_FOODS_MARKET_US', 'AMAZON_FRESH_STORES_US', null],
  ],
  ['conversions', 'purchase_retail_program', ['Amazon Fresh', 'Whole Foods Market', null]],
  ['conversions', 'purchase_currency', ['USD', 'GBP', 'CAD', null]],
  ['conversions_with_relevance', 'engagement_scope', ['PROMOTED', 'BRAND_HALO']],
  [
    'conversions_with_relevance',
    'halo_code',
    [
      'TRACKED_ASIN',
      'VARIATIONAL_ASIN',
      'BRAND_KEYWORD',
      'CATEGORY_KEYWORD',
      'BRAND_MARKETPLACE',
      'BRAND_GL_PRODUCT',
      'BRAND_CATEGORY',
      'BRAND_SUBCATEGORY',
      null,
    ],
  ],
]

test.each(needed)('%s.%s has the values that queries filter on', async (table, column, values) => {
  const rows = await data.rows(`SELECT DISTINCT ${column} AS value FROM ${table}`)
  expect(rows.map(({ value }) => value)).toEqual(expect.arrayContaining([...values]))
})

test.each(['STV', 'OTT', 'Streaming TV', 'OLV', 'Online Video', 'Display', 'Audio'])(
  'DSP campaigns or lines are named by the word %s',
  async (word) => {
    expect(
      await data.number(
        `SELECT count(DISTINCT user_id) FROM dsp_impressions WHERE campaign LIKE '%${word}%' OR line_item LIKE '%${word}%'`,
      ),
    ).toBeGreaterThan(100)
  },
)

test.each(['SP', 'SB', 'SD', 'Brand', 'Generic', 'Auto', 'Video', 'Remarketing'])(
  'sponsored campaigns are named by the word %s',
  async (word) => {
    expect(
      await data.number(`SELECT count(DISTINCT user_id) FROM sponsored_ads_traffic WHERE campaign LIKE '%${word}%'`),
    ).toBeGreaterThan(100)
  },
)

test('television, display and audio are told apart by line item type and supply as the guide says', async () => {
  const people = (where: string) => data.number(`SELECT count(DISTINCT user_id) FROM dsp_impressions WHERE ${where}`)
  expect(await people(`line_item_type = 'AAP_VIDEO_CPM' AND device_type IN ('TV', 'ConnectedDevice')`)).toBeGreaterThan(
    1000,
  )
  expect(await people(`line_item_type IN ('AAP', 'AAP_MOBILE') OR line_item_type LIKE 'CLASS_I_%'`)).toBeGreaterThan(
    1000,
  )
  expect(await people(`supply_source LIKE '%AUDIO%'`)).toBeGreaterThan(100)
})

test('branded searches begin with keyword, so that the documented filter drops them', async () => {
  expect(
    await data.rowsBreaking(
      'conversions',
      `(event_subtype = 'searchConversion') = (tracked_item SIMILAR TO 'keyword.*')`,
    ),
  ).toEqual([])
})

test('currency, country and store of an advertiser fit together', async () => {
  const rows = await data.rows(
    `SELECT DISTINCT d.campaign_country AS country, d.currency_iso_code AS currency, s.marketplace_name AS store
     FROM (SELECT DISTINCT advertiser, campaign_country, currency_iso_code FROM dsp_impressions) d
     JOIN (SELECT DISTINCT advertiser, marketplace_name FROM sponsored_ads_traffic) s USING (advertiser) ORDER BY 1`,
  )
  expect(rows).toEqual([
    { country: 'CA', currency: 'CAD', store: 'AMAZON_CA' },
    { country: 'GB', currency: 'GBP', store: 'AMAZON.CO.UK' },
    { country: 'US', currency: 'USD', store: 'AMAZON.COM' },
  ])
})
