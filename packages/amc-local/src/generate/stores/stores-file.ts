import { noTrackers } from '../columns.ts'
import type { GeneratedFile } from '../generated-file.ts'
import { factTable, repeatByShare } from '../sql-text.ts'
import type { ViewPlan } from '../view-plan.ts'
import { advertisers } from '../world/advertisers.ts'
import { marketOf } from '../world/markets.ts'
import { products } from '../world/products.ts'

/** A store has a home page, a page for each category and a page about the brand; a brand without products shows accessories. */
function storePages(): string {
  const rows = advertisers.flatMap((advertiser) => {
    const own = products.filter((product) => product.advertiser === advertiser.key)
    const categories = own.length === 0 ? ['Accessories'] : [...new Set(own.map(({ category }) => category))]
    const asins = own.length === 0 ? ['B0CARACC01', 'B0CARACC02', 'B0CARACC03'] : own.map(({ asin }) => asin)
    return ['Home', ...categories, 'About us'].map((title, at) => [
      advertiser.key * 100 + at,
      advertiser.key,
      4_400_000_000_000 + advertiser.key,
      marketOf(advertiser.market).marketplaceId,
      `PAGE-SYN-${advertiser.key}-${at}`,
      title,
      `${advertiser.brand} Store`,
      categories.length + 2,
      asins,
      advertiser.sellsOnAmazon,
    ])
  })
  return factTable(
    'store.pages',
    {
      page: 'INTEGER',
      advertiser_key: 'INTEGER',
      advertiser_id: 'BIGINT',
      marketplace_id: 'INTEGER',
      page_id: 'VARCHAR',
      page_title: 'VARCHAR',
      store_name: 'VARCHAR',
      page_count: 'INTEGER',
      asins: 'VARCHAR[]',
      sells: 'BOOLEAN',
    },
    rows,
  )
}

/**
 * Four ways into a store: the Brand Store visits that stand in conversions, at the same second; clicks on Sponsored Brands; clicks
 * of a brand that sells nothing on Amazon; and visits without an ad. `reference` names the campaign of an ad-driven visit.
 */
const visits = `CREATE TEMP TABLE visits AS
  WITH found AS (
    SELECT conversion_no AS visit_no, event_dt_utc AS visit_dt, user_id, user_id_type, advertiser_key,
      CASE WHEN origin_touch_no % 2 = 1 THEN campaign_id_string END AS reference
    FROM base.store.conversion_events JOIN base.store.campaigns ON campaign_key = origin_campaign_key
    WHERE event_subtype = 'brandStorePageView'
    UNION ALL
    SELECT 1000000000 + event_no, event_dt_utc + to_seconds(3), user_id, user_id_type, advertiser_key, campaign_id_string
    FROM base.store.sponsored JOIN base.store.targets USING (target_key)
    WHERE clicks = 1 AND (ad_product_type = 'sponsored_brands' OR NOT on_amazon)
    UNION ALL
    SELECT 2000000000 + event_no, click_dt_utc + to_seconds(4), user_id, user_id_type, advertiser_key, campaign_id_string
    FROM base.store.dsp_clicks JOIN base.store.creatives USING (creative_key)
    WHERE advertiser_key IN (SELECT advertiser_key FROM store.pages WHERE NOT sells)
    UNION ALL
    SELECT 3000000000 + person * 16 + advertiser_key,
      date_trunc('second', start_dt + to_seconds((date_diff('second', start_dt, end_dt) * u(person * 16 + advertiser_key, 140))::BIGINT)),
      user_id, user_id_type, advertiser_key, NULL
    FROM base.store.people JOIN (${advertisers
      .map(({ key, market }) => `SELECT ${key} AS advertiser_key, ${market} AS market`)
      .join(' UNION ALL ')}) USING (market), bounds
    WHERE u(person * 16 + advertiser_key, 141) < 0.06
  )
  SELECT *, CASE WHEN reference IS NOT NULL THEN '4' ELSE pick(['0', '0', '1', '1', '2', '6', '7', '8', '9', '10', '11'], u(visit_no, 142)) END
      AS ingress_type,
    pick(['Mobile_app', 'Mobile_app', 'Desktop', 'Desktop', 'Mobile_web', 'Tablet_app', 'Tablet_web', 'Kindle_app'], u(visit_no, 143))
      AS device_type,
    10 + floor(80 * u(visit_no, 144))::INTEGER AS pace
  FROM found`

/** A visit opens one to five pages, most often the home page first. */
const pageViews = `CREATE TABLE store.page_views AS
  SELECT visit_no * 8 + step AS view_no, visit_no,
    v.advertiser_key * 100 + CASE WHEN step = 0 AND u(view_no, 145) < 0.7 THEN 0 ELSE floor(page_count * u(view_no, 146))::INTEGER END AS page,
    visit_dt + to_seconds(step * pace) AS event_dt_utc,
    round(pace * (0.4 + 0.6 * u(view_no, 147)), 1)::DECIMAL(38, 4) AS dwell_time,
    user_id, user_id_type, reference AS reference_id, ingress_type, device_type,
    CASE WHEN ingress_type = '0' THEN pick(['email-autumn', 'social', 'influencer', NULL], u(visit_no, 148)) END AS channel,
    CASE WHEN ingress_type = '0' THEN pick(['twitch.tv', 'instagram.com', 'google.com'], u(visit_no, 149))
      WHEN marketplace_id = 3 THEN 'amazon.co.uk' WHEN marketplace_id = 7 THEN 'amazon.ca' ELSE 'amazon.com' END AS referrer_domain
  FROM visits v
  JOIN (SELECT DISTINCT advertiser_key, page_count, marketplace_id FROM store.pages) USING (advertiser_key),
    (SELECT unnest(range(5)) AS step), bounds
  WHERE step < 1 + floor(5 * pow(u(visit_no, 150), 2)) AND visit_dt + to_seconds(step * pace) < end_dt
  ORDER BY event_dt_utc, view_no`

/** What can be done on a page: the kind of event with a finer kind and the widget that it happens on. */
const actions = [
  ['IMPRESSION', 'ASIN_RENDER', 'ProductGrid', 'BEST_SELLING', true],
  ['IMPRESSION', 'ASIN_RENDER', 'ProductGrid', 'RECOMMENDATION_FOR_YOU', true],
  ['IMPRESSION', 'ASIN_RENDER', 'ProductCollection', 'ProductShowcase', true],
  ['CLICK', 'DETAILPAGE', 'ProductGrid', 'BEST_SELLING', true],
  ['CLICK', 'GOTODETAILPAGE', 'Gallery', 'InteractiveImage', true],
  ['CLICK', 'QUICKLOOK', 'ProductGrid', 'ColorSwatches', true],
  ['CLICK', 'ADDTOCART', 'ProductCarousel', 'FrequentlyBoughtTogether', true],
  ['CLICK', 'NAVIGATION', 'Header', 'Navigation', false],
  ['CLICK', 'SHOPPINGCART', 'PromotionsUnifiedBadge', 'CouponClipper', true],
  ['SCROLL', null, 'EditorialRow', null, false],
  ['VIDEO', 'BEGIN', 'LiveVideo', null, false],
  ['VIDEO', '5SPLAYED', 'LiveVideo', null, false],
  ['VIDEO', '100PPLAYED', 'LiveVideo', null, false],
] as const

function actionTable(): string {
  return factTable(
    'store.actions',
    {
      action: 'INTEGER',
      event_type: 'VARCHAR',
      event_sub_type: 'VARCHAR',
      widget_type: 'VARCHAR',
      widget_sub_type: 'VARCHAR',
      of_product: 'BOOLEAN',
    },
    actions.map((action, at) => [at, ...action]),
  )
}

const engagements = `CREATE TABLE store.engagements AS
  SELECT v.* EXCLUDE (event_dt_utc, dwell_time), event_dt_utc + to_seconds(1 + 2 * n) AS event_dt_utc,
    pick([${repeatByShare([8, 8, 6, 2, 1, 1, 2, 2, 1, 3, 2, 1, 1]).join(', ')}], u(view_no * 4 + n, 151)) AS action,
    pick(asins, u(view_no * 4 + n, 152)) AS asin_shown
  FROM store.page_views v JOIN store.pages USING (page), (SELECT unnest(range(3)) AS n), bounds
  WHERE n < 3 * u(view_no, 153) AND event_dt_utc + to_seconds(1 + 2 * n) < end_dt
  ORDER BY event_dt_utc, view_no, n`

const expressions = {
  event_date_utc: 'CAST(event_dt_utc AS DATE)',
  session_id: `'sst' || hex(hash(visit_no + 1))`,
  visit_id: `'vis' || hex(hash(visit_no))`,
  no_3p_trackers: noTrackers,
}

const views = (where: string): ViewPlan[] => [{ from: 'page_views', joins: { pages: 'page' }, where, expressions }]
const events = (where: string): ViewPlan[] => [
  {
    from: 'engagements',
    joins: { pages: 'page', actions: 'action' },
    where,
    expressions: { ...expressions, asin: 'CASE WHEN of_product THEN asin_shown END' },
  },
]

/** Brand Stores: their page views and what visitors do there; brands that Amazon does not sell have tables of their own. */
export const storesFile: GeneratedFile = {
  statements: () => ['CREATE SCHEMA store', storePages(), visits, pageViews, actionTable(), engagements],
  views: {
    amazon_brand_store_page_views: views('sells'),
    amazon_brand_store_page_views_non_endemic: views('NOT sells'),
    amazon_brand_store_engagement_events: events('sells'),
    amazon_brand_store_engagement_events_non_endemic: events('NOT sells'),
  },
}
