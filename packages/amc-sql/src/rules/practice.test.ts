import { expect, test } from 'vitest'
import { catalogue } from '../../test/catalogue.ts'
import { analyze } from '../../test/judged.ts'

/** Sensible queries as analysts write them: none of them has an error or a warning. */
const queries: readonly [title: string, text: string][] = [
  [
    'last touch over several products, by rank',
    `WITH touches AS (
      SELECT user_id, campaign, 'dsp' AS product, impression_dt_utc AS touch_dt FROM dsp_impressions WHERE user_id IS NOT NULL
      UNION ALL
      SELECT user_id, campaign, ad_product_type AS product, event_dt_utc AS touch_dt FROM sponsored_ads_traffic
      WHERE user_id IS NOT NULL AND clicks > 0
    ), orders AS (
      SELECT conversion_id, user_id, event_dt_utc, MAX(total_product_sales) AS sales FROM conversions_with_relevance
      WHERE user_id IS NOT NULL AND event_subtype = 'order' GROUP BY 1, 2, 3
    ), ranked AS (
      SELECT o.conversion_id, o.sales, t.campaign, t.product,
        ROW_NUMBER() OVER (PARTITION BY o.conversion_id ORDER BY t.touch_dt DESC) AS touch_rank
      FROM orders o INNER JOIN touches t ON t.user_id = o.user_id
        AND t.touch_dt <= o.event_dt_utc AND SECONDS_BETWEEN(t.touch_dt, o.event_dt_utc) <= 60 * 60 * 24 * 14
    )
    SELECT product, campaign, COUNT(DISTINCT conversion_id) AS orders, SUM(sales) AS sales
    FROM ranked WHERE touch_rank = 1 GROUP BY product, campaign`,
  ],
  [
    'position based, with weights',
    `WITH touches AS (SELECT user_id, campaign, MIN(impression_dt_utc) AS touch_dt FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY 1, 2),
    orders AS (SELECT conversion_id, user_id, event_dt_utc, total_product_sales AS sales FROM conversions WHERE user_id IS NOT NULL AND event_subtype = 'order'),
    joined AS (
      SELECT o.conversion_id, o.sales, t.campaign,
        ROW_NUMBER() OVER (PARTITION BY o.conversion_id ORDER BY t.touch_dt) AS first_rank,
        ROW_NUMBER() OVER (PARTITION BY o.conversion_id ORDER BY t.touch_dt DESC) AS last_rank,
        COUNT(t.campaign) OVER (PARTITION BY o.conversion_id) AS touches
      FROM orders o INNER JOIN touches t ON t.user_id = o.user_id AND t.touch_dt <= o.event_dt_utc
    ), weighted AS (
      SELECT campaign, sales, CASE WHEN touches = 1 THEN 1.0 WHEN first_rank = 1 THEN 0.3 WHEN last_rank = 1 THEN 0.7 ELSE 0.0 END AS weight FROM joined
    )
    SELECT campaign, SUM(sales * weight) AS sales, SUM(weight) AS orders FROM weighted GROUP BY campaign`,
  ],
  [
    'two-way overlap of reach with purchases',
    `WITH display AS (SELECT user_id, SUM(impressions) AS impressions FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id),
    search AS (SELECT user_id, SUM(impressions) AS impressions FROM sponsored_ads_traffic
      WHERE user_id IS NOT NULL AND ad_product_type = 'sponsored_products' GROUP BY user_id),
    exposed AS (
      SELECT COALESCE(d.user_id, s.user_id) AS user_id,
        CASE WHEN d.user_id IS NULL THEN 'search' WHEN s.user_id IS NULL THEN 'display' ELSE 'both' END AS exposure_group,
        COALESCE(d.impressions, 0) + COALESCE(s.impressions, 0) AS impressions
      FROM display d FULL OUTER JOIN search s ON s.user_id = d.user_id
    ), buyers AS (
      SELECT user_id, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
      FROM amazon_attributed_events_by_conversion_time WHERE user_id IS NOT NULL AND total_purchases > 0 GROUP BY user_id
    ), groups AS (
      SELECT e.exposure_group, COUNT(DISTINCT e.user_id) AS reach, COUNT(DISTINCT b.user_id) AS buyers,
        SUM(b.purchases) AS purchases, SUM(e.impressions) AS impressions
      FROM exposed e LEFT JOIN buyers b ON b.user_id = e.user_id WHERE e.user_id IS NOT NULL GROUP BY e.exposure_group
    )
    SELECT exposure_group, reach, buyers, purchases, impressions,
      100.0 * reach / NULLIF(SUM(reach) OVER (), 0) AS reach_share, buyers / NULLIF(reach, 0) AS buyer_rate FROM groups`,
  ],
  [
    'three products in one union, grouped by the person',
    `WITH traffic AS (
      SELECT user_id, 'tv' AS product, impressions FROM dsp_impressions WHERE user_id IS NOT NULL AND line_item_type = 'AAP_VIDEO_CPM'
      UNION ALL
      SELECT user_id, 'display' AS product, impressions FROM dsp_impressions WHERE user_id IS NOT NULL AND line_item_type <> 'AAP_VIDEO_CPM'
      UNION ALL
      SELECT user_id, 'search' AS product, impressions FROM sponsored_ads_traffic WHERE user_id IS NOT NULL
    ), people AS (
      SELECT user_id, ARRAY_SORT(COLLECT(DISTINCT product)) AS products, SUM(impressions) AS impressions FROM traffic GROUP BY user_id
    )
    SELECT products, COUNT(DISTINCT user_id) AS reach, SUM(impressions) AS impressions FROM people WHERE user_id IS NOT NULL GROUP BY products`,
  ],
  [
    'cost with all fees',
    `SELECT campaign, currency_iso_code, SUM(impressions) AS impressions,
      SUM(total_cost) / 100000.0 AS total_cost, SUM(impression_cost) / 100000.0 AS impression_cost,
      SUM(COALESCE(supply_cost, 0)) / 100000000.0 AS supply_cost, SUM(COALESCE(platform_fee, 0)) / 100000000.0 AS platform_fee,
      SUM(impression_cost) / 100000.0 - (SUM(COALESCE(supply_cost, 0)) + SUM(COALESCE(platform_fee, 0)) + SUM(COALESCE(audience_fee, 0))) / 100000000.0 AS remainder,
      1000 * SUM(total_cost) / 100000.0 / NULLIF(SUM(impressions), 0) AS cpm
    FROM dsp_impressions GROUP BY campaign, currency_iso_code`,
  ],
  [
    'spend and sales per campaign over both products',
    `WITH cost AS (
      SELECT campaign_id_string, SUM(total_cost) / 100000.0 AS spend FROM dsp_impressions GROUP BY 1
      UNION ALL
      SELECT campaign_id_string, SUM(spend) / 100000000.0 AS spend FROM sponsored_ads_traffic GROUP BY 1
    ), sales AS (
      SELECT campaign_id_string, SUM(total_product_sales) AS sales, SUM(total_purchases) AS purchases
      FROM amazon_attributed_events_by_traffic_time GROUP BY 1
    )
    SELECT c.campaign_id_string, SUM(c.spend) AS spend, MAX(s.sales) AS sales,
      MAX(s.sales) / NULLIF(SUM(c.spend), 0) AS roas, SUM(c.spend) / NULLIF(MAX(s.purchases), 0) AS cpa
    FROM cost c LEFT JOIN sales s ON s.campaign_id_string = c.campaign_id_string GROUP BY c.campaign_id_string`,
  ],
  [
    'frequency buckets with rates',
    `WITH seen AS (SELECT user_id, SUM(impressions) AS frequency, SUM(total_cost) AS cost FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id),
    bought AS (SELECT user_id, SUM(total_purchases) AS purchases FROM amazon_attributed_events_by_traffic_time WHERE user_id IS NOT NULL GROUP BY user_id)
    SELECT CASE WHEN s.frequency >= 10 THEN '10+' ELSE CAST(s.frequency AS VARCHAR) END AS bucket,
      COUNT(DISTINCT s.user_id) AS people, SUM(s.frequency) AS impressions, SUM(b.purchases) AS purchases, SUM(s.cost) / 100000.0 AS cost
    FROM seen s LEFT JOIN bought b ON b.user_id = s.user_id WHERE s.user_id IS NOT NULL GROUP BY 1`,
  ],
  [
    'new to brand by product, DSP named',
    `SELECT COALESCE(ad_product_type, 'amazon_dsp') AS product, campaign,
      SUM(new_to_brand_total_purchases) AS ntb_purchases, SUM(total_purchases) AS purchases,
      SUM(new_to_brand_total_product_sales) AS ntb_sales,
      100.0 * SUM(new_to_brand_total_purchases) / NULLIF(SUM(total_purchases), 0) AS ntb_share
    FROM amazon_attributed_events_by_conversion_time GROUP BY 1, 2`,
  ],
  [
    'incremental reach of one campaign',
    `WITH focus AS (SELECT user_id, MIN(impression_dt_utc) AS first_dt FROM dsp_impressions WHERE user_id IS NOT NULL AND campaign = 'Focus' GROUP BY user_id),
    base AS (SELECT user_id, MIN(event_dt_utc) AS first_dt FROM sponsored_ads_traffic WHERE user_id IS NOT NULL GROUP BY user_id)
    SELECT CASE WHEN b.user_id IS NULL THEN 'focus only' WHEN f.first_dt < b.first_dt THEN 'focus first' ELSE 'base first' END AS timing,
      COUNT(DISTINCT f.user_id) AS reach
    FROM focus f LEFT JOIN base b ON b.user_id = f.user_id WHERE f.user_id IS NOT NULL GROUP BY 1`,
  ],
  [
    'search terms with their conversions',
    `WITH traffic AS (SELECT customer_search_term, SUM(impressions) AS impressions, SUM(clicks) AS clicks, SUM(spend) / 100000000.0 AS spend
      FROM sponsored_ads_traffic WHERE customer_search_term IS NOT NULL GROUP BY 1),
    events AS (SELECT customer_search_term, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
      FROM amazon_attributed_events_by_traffic_time WHERE ad_product_type IN ('sponsored_products', 'sponsored_brands') GROUP BY 1)
    SELECT t.customer_search_term, t.impressions, t.clicks, t.spend, e.purchases, e.sales, e.sales / NULLIF(t.spend, 0) AS roas
    FROM traffic t LEFT JOIN events e ON e.customer_search_term = t.customer_search_term`,
  ],
  [
    'viewability by impression id',
    `WITH shown AS (SELECT request_tag, campaign FROM dsp_impressions GROUP BY request_tag, campaign),
    viewed AS (SELECT impression_id, MAX(IF(event_type = 'VIEW', 1, 0)) AS viewed FROM dsp_views GROUP BY impression_id)
    SELECT s.campaign, COUNT(DISTINCT s.request_tag) AS impressions, SUM(v.viewed) AS viewed
    FROM shown s LEFT JOIN viewed v ON v.impression_id = s.request_tag GROUP BY s.campaign`,
  ],
  [
    'sponsored ads joined by their own ids',
    `SELECT s.targeting, COUNT(DISTINCT a.conversion_id) AS conversions FROM sponsored_ads_traffic s
    INNER JOIN (SELECT traffic_event_id, tracked_item AS conversion_id FROM amazon_attributed_events_by_traffic_time) a
      ON a.traffic_event_id = s.event_id
    GROUP BY s.targeting`,
  ],
  [
    'time of day by weekday',
    `SELECT campaign, EXTRACT(DOW FROM impression_date) AS weekday, impression_hour, SUM(impressions) AS impressions
    FROM dsp_impressions GROUP BY 1, 2, 3`,
  ],
  [
    'days to the next purchase of one person',
    `WITH orders AS (SELECT user_id, event_dt_utc, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY event_dt_utc) AS nr
      FROM conversions WHERE event_subtype = 'order' AND user_id IS NOT NULL)
    SELECT CEIL(SECONDS_BETWEEN(a.event_dt_utc, b.event_dt_utc) / 86400.0) AS days, COUNT(DISTINCT a.user_id) AS people
    FROM orders a INNER JOIN orders b ON b.user_id = a.user_id AND b.nr = a.nr + 1 WHERE a.user_id IS NOT NULL GROUP BY 1`,
  ],
  [
    'a share of the whole beside each line',
    `WITH total AS (SELECT SUM(impressions) AS impressions FROM dsp_impressions),
    lines AS (SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign)
    SELECT l.campaign, l.impressions, l.impressions / NULLIF(t.impressions, 0) AS share FROM lines l CROSS JOIN total t`,
  ],
  [
    'labels from a list of values',
    `WITH labels (campaign_id, label) AS (VALUES ('1', 'TV'), ('2', 'Display'))
    SELECT l.label, SUM(i.impressions) AS impressions, SUM(i.total_cost) / 100000 AS cost
    FROM dsp_impressions i INNER JOIN labels l ON l.campaign_id = i.campaign_id_string GROUP BY l.label`,
  ],
  [
    'campaign names by patterns of either kind',
    `SELECT CASE WHEN campaign SIMILAR TO '(?i)(stv|ott|streaming.tv)' THEN 'TV' WHEN campaign LIKE '%| SP |%' THEN 'SP' ELSE 'other' END AS kind,
      SUM(impressions) AS impressions FROM dsp_impressions WHERE campaign NOT LIKE '%test%' GROUP BY 1`,
  ],
  [
    'cart abandoners as an audience',
    `WITH carts AS (SELECT user_id FROM conversions_for_audiences WHERE event_subtype = 'shoppingCart' AND user_id IS NOT NULL GROUP BY user_id),
    orders AS (SELECT user_id FROM conversions_for_audiences WHERE event_subtype = 'order' AND user_id IS NOT NULL GROUP BY user_id)
    SELECT c.user_id FROM carts c LEFT JOIN orders o ON o.user_id = c.user_id WHERE o.user_id IS NULL`,
  ],
  [
    'people over a cap as an audience',
    `SELECT user_id FROM dsp_impressions_for_audiences WHERE user_id IS NOT NULL
    AND user_id NOT IN (SELECT user_id FROM conversions_for_audiences WHERE user_id IS NOT NULL AND event_subtype = 'order')
    GROUP BY user_id HAVING SUM(impressions) > 20`,
  ],
]

test.each(queries)('%s', (_, text) => {
  const { diagnostics } = analyze(text, catalogue)
  expect(diagnostics.filter(({ severity }) => severity !== 'info').map((one) => `${one.code} ${one.message}`)).toEqual(
    [],
  )
})

test('long chains of WITH parts, joins and conditions are no deep recursion and no long wait', () => {
  const list = (count: number, part: (at: number) => string, between: string): string =>
    Array.from({ length: count }, (_, at) => part(at)).join(between)
  const parts = list(3_000, (at) => `p${at + 1} AS (SELECT u, a, p FROM p${at})`, ', ')
  const first = `p0 AS (SELECT user_id AS u, ad_product_type AS a, '%x%' AS p FROM amazon_attributed_events_by_conversion_time)`
  const joins = list(3_000, (at) => `LEFT JOIN dsp_clicks c${at} ON c${at}.user_id = i.user_id`, ' ')
  const conditions = list(30_000, (at) => `i.clicks > ${at}`, ' AND ')
  const names = list(10_000, () => 'date AS date', ', ')
  for (const text of [
    `WITH ${first}, ${parts} SELECT COUNT(*) AS n FROM p3000 WHERE a <> 'x' AND u SIMILAR TO p AND u NOT IN (SELECT u FROM p3000)`,
    `SELECT SUM(i.impressions) AS n FROM dsp_impressions i ${joins} WHERE ${conditions}`,
    `SELECT ${names} FROM dsp_impressions`,
  ]) {
    const before = performance.now()
    analyze(text, catalogue)
    expect(performance.now() - before).toBeLessThan(5_000)
  }
})
