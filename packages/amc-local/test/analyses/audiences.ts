import type { Analyses } from './analysis.ts'

export const audiences: Analyses = {
  'Cart abandoners': {
    amc: `
      WITH carts AS (
        SELECT user_id, MAX(event_dt_utc) AS cart_dt FROM conversions_for_audiences WHERE event_subtype = 'shoppingCart'
          AND user_id IS NOT NULL GROUP BY user_id
      ), orders AS (
        SELECT user_id, MAX(event_dt_utc) AS order_dt FROM conversions_for_audiences WHERE event_subtype = 'order' AND user_id IS NOT NULL
        GROUP BY user_id
      )
      SELECT c.user_id FROM carts c LEFT JOIN orders o ON c.user_id = o.user_id WHERE o.user_id IS NULL OR o.order_dt < c.cart_dt`,
    duckdb: `
      SELECT user_id::VARCHAR AS user_id FROM conversions WHERE user_id IS NOT NULL GROUP BY 1
      HAVING max(event_dt_utc) FILTER (event_subtype = 'shoppingCart') > coalesce(max(event_dt_utc) FILTER (event_subtype = 'order'),
             '1970-01-01')`,
  },

  'Many page views, no order': {
    amc: `
      SELECT user_id FROM (
        SELECT user_id, SUM(CASE WHEN event_subtype = 'detailPageView' THEN conversions ELSE 0 END) AS views,
               SUM(CASE WHEN event_subtype = 'order' THEN 1 ELSE 0 END) AS orders
        FROM conversions_for_audiences WHERE user_id IS NOT NULL GROUP BY user_id
      ) u
      WHERE views >= 3 AND orders = 0`,
    duckdb: `
      SELECT user_id::VARCHAR AS user_id FROM conversions WHERE event_subtype = 'detailPageView' AND user_id IS NOT NULL
        AND user_id NOT IN (SELECT user_id FROM conversions WHERE event_subtype = 'order' AND user_id IS NOT NULL)
      GROUP BY user_id HAVING count(*) > 2`,
  },

  'Reached often, exclude': {
    amc: `
      SELECT user_id FROM dsp_impressions_for_audiences
      WHERE user_id IS NOT NULL AND campaign = 'Fernhill | Display | Remarketing'
      GROUP BY user_id
      HAVING SUM(impressions) > 3`,
    // Rows of private deals are not shown to audiences.
    duckdb: `
      SELECT user_id::VARCHAR AS user_id FROM (
        SELECT user_id, row_number() OVER (PARTITION BY user_id) AS n FROM dsp_impressions WHERE user_id IS NOT NULL AND deal_id IS NULL
          AND campaign LIKE '%Remarketing') WHERE n = 4`,
  },

  'High value customers, the best tenth': {
    amc: `
      WITH spenders AS (
        SELECT user_id, SUM(purchase_units_sold * unit_price) AS spent FROM amazon_retail_purchases_for_audiences WHERE user_id IS NOT NULL
        GROUP BY user_id
      ), border AS (
        SELECT PERCENTILE(spent, .9) AS spent FROM spenders
      )
      SELECT s.user_id FROM spenders s CROSS JOIN border b WHERE s.spent >= b.spent`,
    duckdb: `
      WITH spenders AS (SELECT user_id, sum(purchase_units_sold * unit_price)::DOUBLE AS v FROM amazon_retail_purchases
        WHERE user_id IS NOT NULL GROUP BY 1),
      sorted AS (SELECT list_sort(list(v)) AS l, 0.9 * (count(*) - 1) AS h FROM spenders),
      border AS (SELECT l[floor(h)::INT + 1] + (h - floor(h)) * (l[ceil(h)::INT + 1] - l[floor(h)::INT + 1]) AS v FROM sorted)
      SELECT user_id::VARCHAR AS user_id FROM spenders WHERE v >= (SELECT v - 1e-9 FROM border)`,
  },

  'Bought A, not B': {
    amc: `
      WITH bought AS (
        SELECT user_id, COLLECT(DISTINCT tracked_asin) AS asins FROM conversions_for_audiences WHERE event_subtype = 'order'
          AND user_id IS NOT NULL GROUP BY user_id
      )
      SELECT user_id FROM bought
      WHERE CARDINALITY(ARRAY_INTERSECT(asins, CUSTOM_PARAMETER('a'))) > 0 AND NOT ARRAY_CONTAINS(asins, CUSTOM_PARAMETER('b'))`,
    duckdb: `
      SELECT DISTINCT user_id::VARCHAR AS user_id FROM conversions a WHERE event_subtype = 'order' AND user_id IS NOT NULL
        AND tracked_asin[1:6] = 'B0FERN'
        AND NOT EXISTS (SELECT 1 FROM conversions b WHERE b.user_id = a.user_id AND b.event_subtype = 'order'
          AND b.tracked_asin = 'B0FERN0101')
        AND tracked_asin IN ('B0FERN0102', 'B0FERN0103')`,
    customParameters: [
      {
        name: 'a',
        dataType: { type: 'ARRAY', elementDataType: 'STRING' },
        columnType: 'DIMENSION',
        defaultValue: ['B0FERN0102', 'B0FERN0103'],
      },
      { name: 'b', dataType: 'STRING', columnType: 'DIMENSION', defaultValue: 'B0FERN0101' },
    ],
  },

  'Organic buyers never reached': {
    amc: `
      SELECT user_id FROM conversions_all_for_audiences
      WHERE event_subtype = 'order' AND exposure_type = 'non-ad-exposed' AND user_id IS NOT NULL
        AND user_id NOT IN (SELECT user_id FROM dsp_impressions_for_audiences WHERE user_id IS NOT NULL)
        AND user_id NOT IN (SELECT user_id FROM sponsored_ads_traffic_for_audiences WHERE user_id IS NOT NULL)
      GROUP BY user_id`,
    duckdb: `
      SELECT DISTINCT o.user_id::VARCHAR AS user_id
      FROM conversions_all o ANTI JOIN (SELECT user_id FROM dsp_impressions WHERE deal_id IS NULL UNION ALL SELECT user_id
      FROM sponsored_ads_traffic) s ON s.user_id = o.user_id
      WHERE event_category = 'purchase' AND starts_with(exposure_type, 'non') AND o.user_id IS NOT NULL`,
  },

  'Store visitors without a purchase': {
    amc: `
      SELECT DISTINCT v.user_id
      FROM amazon_brand_store_page_views_for_audiences v
      WHERE v.user_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM conversions_for_audiences c WHERE c.user_id = v.user_id
        AND c.event_subtype = 'order')`,
    duckdb: `
      SELECT unnest(list_filter(v, lambda u: NOT list_contains(b, u)))::VARCHAR AS user_id
      FROM (SELECT list(DISTINCT user_id) AS v FROM amazon_brand_store_page_views WHERE user_id IS NOT NULL),
             (SELECT list(DISTINCT user_id) AS b FROM conversions WHERE event_subtype = 'order')`,
  },
}
