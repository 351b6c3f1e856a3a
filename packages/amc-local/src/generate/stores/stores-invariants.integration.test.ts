import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestData, type BuiltData } from '../../testing/built-data.ts'

let data: BuiltData
beforeAll(async () => {
  data = await buildTestData({ families: ['stores'] })
})
afterAll(() => data.close())

const views = ['amazon_brand_store_page_views', 'amazon_brand_store_page_views_non_endemic'] as const

test('every Brand Store visit among the conversions is a page view of the same person and second', async () => {
  expect(
    await data.rowsBreaking(
      `(SELECT * FROM conversions WHERE event_subtype = 'brandStorePageView') c
       LEFT JOIN (SELECT DISTINCT user_id, event_dt_utc, true AS found FROM amazon_brand_store_page_views) v
         ON v.user_id IS NOT DISTINCT FROM c.user_id AND v.event_dt_utc = c.event_dt_utc`,
      'found',
    ),
  ).toEqual([])
})

test('a click on Sponsored Brands leads into the store, under the code of its campaign', async () => {
  expect(
    await data.rowsBreaking(
      `(SELECT * FROM sponsored_ads_traffic WHERE ad_product_type = 'sponsored_brands' AND clicks = 1) c
       LEFT JOIN (SELECT DISTINCT user_id, event_dt_utc, reference_id, true AS found FROM amazon_brand_store_page_views) v
         ON v.user_id IS NOT DISTINCT FROM c.user_id AND v.reference_id = c.campaign_id_string AND v.event_dt_utc = c.event_dt_utc + INTERVAL 3 SECOND`,
      'found',
    ),
  ).toEqual([])
})

test.each(views)('%s: an ad-driven visit names a campaign that exists, no other visit names one', async (table) => {
  expect(await data.rowsBreaking(table, `(ingress_type = '4') = (reference_id IS NOT NULL)`)).toEqual([])
  const campaigns = `(SELECT DISTINCT campaign_id_string AS reference_id, true AS found FROM sponsored_ads_traffic
    UNION SELECT DISTINCT campaign_id_string, true FROM dsp_impressions UNION SELECT DISTINCT campaign_id_string, true
    FROM amazon_attributed_events_by_traffic_time)`
  expect(
    await data.rowsBreaking(
      `(SELECT * FROM ${table} WHERE reference_id IS NOT NULL) LEFT JOIN ${campaigns} USING (reference_id)`,
      'found',
    ),
  ).toEqual([])
})

test.each(views)('%s: a visit is one person, store and session, and pages follow each other', async (table) => {
  expect(
    await data.rowsBreaking(
      `(SELECT visit_id, count(DISTINCT user_id) AS people, count(DISTINCT session_id) AS sessions, count(DISTINCT store_name) AS stores,
        count(*) AS pages, count(DISTINCT event_dt_utc) AS times FROM ${table} GROUP BY visit_id)`,
      'people <= 1 AND sessions = 1 AND stores = 1 AND times = pages AND pages <= 5',
    ),
  ).toEqual([])
  expect(
    await data.rowsBreaking(
      `(SELECT dwell_time, date_diff('second', event_dt_utc, lead(event_dt_utc) OVER (PARTITION BY visit_id ORDER BY event_dt_utc)) AS pause FROM ${table})`,
      'dwell_time > 0 AND coalesce(dwell_time <= pause, true)',
    ),
  ).toEqual([])
})

test.each(['', '_non_endemic'])('events%s happen in a session and on a page that was viewed', async (suffix) => {
  expect(
    await data.rowsBreaking(
      `amazon_brand_store_engagement_events${suffix} e
       LEFT JOIN (SELECT DISTINCT session_id, page_id, user_id, true AS found FROM amazon_brand_store_page_views${suffix}) v
         ON v.session_id = e.session_id AND v.page_id = e.page_id AND v.user_id IS NOT DISTINCT FROM e.user_id`,
      'found',
    ),
  ).toEqual([])
})

test('a store shows ASINs of its own brand', async () => {
  expect(
    await data.rowsBreaking(
      `(SELECT * FROM amazon_brand_store_engagement_events WHERE asin IS NOT NULL) e
       LEFT JOIN (SELECT asin, 4400000000000 + advertiser_key AS owner FROM synthetic.store.products) USING (asin)`,
      'advertiser_id = owner',
    ),
  ).toEqual([])
})

test('each brand stands in one kind of table', async () => {
  const names = async (table: string) =>
    (await data.rows(`SELECT DISTINCT store_name AS name FROM ${table} ORDER BY 1`)).map(({ name }) => name)
  expect(await names('amazon_brand_store_page_views_non_endemic')).toEqual(['Vantry Store'])
  expect(await names('amazon_brand_store_page_views')).not.toContain('Vantry Store')
})

test('every way in, device and kind of event occurs, each with more than 100 people', async () => {
  for (const [column, table] of [
    ['ingress_type', 'amazon_brand_store_page_views'],
    ['device_type', 'amazon_brand_store_page_views'],
    ['event_type', 'amazon_brand_store_engagement_events'],
    ['widget_type', 'amazon_brand_store_engagement_events'],
  ])
    expect(
      await data.rowsBreaking(
        `(SELECT ${column}, count(DISTINCT user_id) AS people FROM ${table} GROUP BY ALL)`,
        'people >= 100',
      ),
    ).toEqual([])
})
