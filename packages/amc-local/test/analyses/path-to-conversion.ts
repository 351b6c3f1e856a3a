import type { Analyses } from './analysis.ts'

export const pathToConversion: Analyses = {
  'Path to conversion by campaign': {
    amc: `
      WITH touches AS (
        SELECT user_id, campaign, MIN(impression_dt_utc) AS first_dt, SUM(impressions) AS impressions, SUM(total_cost) / 100000 AS cost
        FROM dsp_impressions WHERE user_id IS NOT NULL AND advertiser = 'Fernhill Cookware' GROUP BY user_id, campaign
        UNION ALL
        SELECT user_id, campaign, MIN(event_dt_utc), SUM(impressions), SUM(spend) / 100000000
        FROM sponsored_ads_traffic WHERE user_id IS NOT NULL AND advertiser = 'Fernhill Cookware' GROUP BY user_id, campaign
      ), ranked AS (
        SELECT user_id, campaign, impressions, cost, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY first_dt, campaign) AS step
        FROM touches
      ), paths AS (
        SELECT user_id, ARRAY_SORT(COLLECT(DISTINCT NAMED_ROW('order', step, 'campaign', campaign))) AS path,
               SUM(impressions) AS impressions, SUM(cost) AS cost
        FROM ranked WHERE step <= 4 GROUP BY user_id
      ), converted AS (
        SELECT user_id, SUM(total_product_sales) AS sales, SUM(total_purchases) AS purchases
        FROM amazon_attributed_events_by_traffic_time
        WHERE user_id IS NOT NULL AND total_purchases > 0 AND advertiser = 'Fernhill Cookware' GROUP BY user_id
      )
      SELECT path, COUNT(path) AS path_occurrences, SUM(p.impressions) AS impressions, SUM(p.cost) AS imp_total_cost,
             COUNT(DISTINCT c.user_id) AS users_that_purchased, SUM(c.sales) AS sales_amount, SUM(c.purchases) AS purchases,
             COUNT(DISTINCT c.user_id) / NULLIF(COUNT(DISTINCT p.user_id), 0) AS user_purchase_rate
      FROM paths p LEFT JOIN converted c ON p.user_id = c.user_id
      GROUP BY path`,
    duckdb: `
      WITH events AS (
        SELECT user_id, campaign, impression_dt_utc AS t, 1 AS i, total_cost / 1e5 AS c FROM dsp_impressions
        WHERE advertiser = 'Fernhill Cookware'
        UNION ALL SELECT user_id, campaign, event_dt_utc, impressions, spend / 1e8 FROM sponsored_ads_traffic
          WHERE advertiser = 'Fernhill Cookware'),
      firsts AS (SELECT user_id, campaign, min(t) AS t, sum(i) AS i, sum(c) AS c FROM events WHERE user_id IS NOT NULL GROUP BY ALL),
      walks AS (SELECT user_id, list({'campaign': campaign, 'i': i, 'c': c} ORDER BY t, campaign)[:4] AS l FROM firsts GROUP BY user_id),
      orders AS (SELECT user_id, total_product_sales AS s FROM amazon_attributed_events_by_traffic_time
        WHERE conversion_event_subtype = 'order' AND advertiser = 'Fernhill Cookware'),
      bought AS (SELECT user_id, sum(s) AS s, count(*) AS n FROM orders GROUP BY 1)
      SELECT list_transform(l, lambda x, n: {'n': n, 'x': x.campaign}) AS path, count(*) AS path_occurrences,
             sum(list_sum(list_transform(l, lambda x: x.i))) AS impressions, sum(list_sum(list_transform(l, lambda x: x.c))) AS imp_total_cost,
             count(n) AS users_that_purchased, sum(s) AS sales_amount, sum(n) AS purchases, count(n) / count(*) AS user_purchase_rate
      FROM walks LEFT JOIN bought USING (user_id) GROUP BY 1`,
  },

  'Path to conversion by campaign group': {
    amc: `
      WITH labels (pattern, label) AS (
        VALUES ('(?i)(stv|ott|streaming)', 'TV'), ('(?i)(display|remarketing)', 'Display'), ('OLV|Online Video', 'Video')
      ), labelled AS (
        SELECT c.campaign, l.label FROM (SELECT DISTINCT campaign FROM dsp_impressions WHERE advertiser <> 'Fernhill Cookware') c
        JOIN labels l ON c.campaign SIMILAR TO l.pattern
      ), touches AS (
        SELECT i.user_id, l.label, MIN(i.impression_dt_utc) AS first_dt
        FROM dsp_impressions i INNER JOIN labelled l USING (campaign)
        WHERE i.user_id IS NOT NULL GROUP BY i.user_id, l.label
        UNION ALL
        SELECT user_id, 'Search' AS label, MIN(event_dt_utc) AS first_dt
        FROM sponsored_ads_traffic
        WHERE user_id IS NOT NULL AND ad_product_type IN ('sponsored_products', 'sponsored_brands') GROUP BY user_id
      ), numbered AS (
        SELECT user_id, label, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY first_dt, label) AS step FROM touches
      ), sorted AS (
        SELECT user_id, ARRAY_SORT(COLLECT(CONCAT(step, ' ', label))) AS steps FROM numbered GROUP BY user_id
      )
      SELECT ARRAY_TO_STRING(steps, ' > ') AS path, COUNT(DISTINCT user_id) AS path_occurrences
      FROM sorted GROUP BY 1
      HAVING COUNT(DISTINCT user_id) >= 5`,
    duckdb: `
      WITH touches AS (
        SELECT user_id, unnest(list_filter([
            CASE WHEN regexp_matches(lower(campaign), 'stv|ott|streaming') THEN 'TV' END,
            CASE WHEN lower(campaign) LIKE '%display%' OR lower(campaign) LIKE '%remarketing%' THEN 'Display' END,
            CASE WHEN campaign LIKE '%OLV%' OR campaign LIKE '%Online Video%' THEN 'Video' END], lambda x: x IS NOT NULL)) AS label,
              impression_dt_utc AS t
        FROM dsp_impressions WHERE advertiser NOT LIKE 'Fernhill%'
        UNION ALL SELECT user_id, 'Search', event_dt_utc FROM sponsored_ads_traffic WHERE ad_product_type[11:] IN ('products', 'brands')),
      firsts AS (SELECT user_id, label, min(t) AS t FROM touches WHERE user_id IS NOT NULL GROUP BY ALL),
      walks AS (SELECT list(label ORDER BY t, label) AS labels FROM firsts GROUP BY user_id)
      SELECT list_reduce(list_transform(labels, lambda x, n: n || ' ' || x), lambda a, b: a || ' > ' || b) AS path,
             count(*) AS path_occurrences
      FROM walks GROUP BY labels HAVING count(*) > 4`,
  },

  'Path to conversion by device, its first three steps': {
    amc: `
      WITH device_touches AS (
        SELECT user_id, COALESCE(device_type, 'Unknown') AS device, MIN(impression_dt_utc) AS first_dt, SUM(impressions) AS impressions
        FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id, COALESCE(device_type, 'Unknown')
      ), numbered AS (
        SELECT user_id, device, impressions, ROW_NUMBER() OVER w AS step
        FROM device_touches WINDOW w AS (PARTITION BY user_id ORDER BY first_dt ASC, device ASC)
      ), paths AS (
        SELECT user_id, MAX(CASE step WHEN 1 THEN device END) AS step_1, MAX(CASE step WHEN 2 THEN device END) AS step_2,
               MAX(CASE WHEN step = 3 THEN device ELSE NULL END) AS step_3, SUM(impressions) AS impressions
        FROM numbered GROUP BY user_id
      ), tapped AS (
        SELECT user_id, SUM(clicks) AS clicks FROM dsp_clicks WHERE user_id IS NOT NULL GROUP BY user_id
      )
      SELECT step_1 || NVL2(step_2, ' > ' || step_2, '') || COALESCE(' > ' || step_3, '') AS path, COUNT(*) AS path_occurrences,
             SUM(impressions) AS impressions, SUM(clicks) AS clicks
      FROM paths p LEFT JOIN tapped t ON t.user_id = p.user_id
      GROUP BY 1`,
    duckdb: `
      WITH seen AS (SELECT user_id, ifnull(device_type, 'Unknown') AS d, min(impression_dt_utc) AS t, count(*) AS n FROM dsp_impressions
        WHERE user_id IS NOT NULL GROUP BY ALL),
      walks AS (SELECT user_id, array_to_string(list(d ORDER BY t, d)[1:3], ' > ') AS path, sum(n) AS n FROM seen GROUP BY user_id),
      taps AS (SELECT user_id, count(*) AS c FROM dsp_clicks GROUP BY 1)
      SELECT path, count(*) AS path_occurrences, sum(n) AS impressions, sum(c) AS clicks FROM walks LEFT JOIN taps USING (user_id)
      GROUP BY 1`,
  },

  'Path to conversion by audience segment, the first two that were targeted': {
    amc: `
      WITH targeted AS (
        SELECT user_id, behavior_segment_name, MIN(impression_dt_utc) AS first_dt, SUM(impressions) AS impressions
        FROM dsp_impressions_by_user_segments
        WHERE behavior_segment_matched = 1 GROUP BY user_id, behavior_segment_name
      ), ranked AS (
        SELECT user_id, behavior_segment_name, impressions, DENSE_RANK() OVER (PARTITION BY user_id ORDER BY first_dt,
               behavior_segment_name) AS rk FROM targeted
      ), paths AS (
        SELECT user_id, ARRAY_SORT(COLLECT(NAMED_ROW('rk', rk, 'segment', behavior_segment_name))) AS path, SUM(impressions) AS impressions
        FROM ranked WHERE rk < 3 GROUP BY user_id
      ), buyers AS (
        SELECT user_id, MAX(IF(new_to_brand, 1, 0)) AS ntb, SUM(total_product_sales) AS sales
        FROM amazon_attributed_events_by_conversion_time WHERE total_purchases > 0 GROUP BY user_id
      )
      SELECT path, COUNT(DISTINCT p.user_id) AS path_occurrences, SUM(impressions) AS impressions,
             COUNT(DISTINCT b.user_id) AS users_that_purchased,
             SUM(b.sales) AS sales_amount, SUM(b.ntb) AS ntb_users_that_purchased, 100.0 * SUM(b.ntb) / NULLIF(COUNT(DISTINCT b.user_id),
               0) AS ntb_percentage
      FROM paths p LEFT JOIN buyers b ON p.user_id = b.user_id
      GROUP BY path`,
    duckdb: `
      WITH firsts AS (
        SELECT user_id, behavior_segment_name AS s, min(impression_dt_utc) AS t, count(*) AS i FROM dsp_impressions_by_user_segments
        WHERE behavior_segment_matched GROUP BY user_id, behavior_segment_name
        QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY t, s) <= 2),
      walks AS (SELECT user_id, list(s ORDER BY t, s) AS names, sum(i) AS i FROM firsts GROUP BY 1),
      bought AS (SELECT user_id, bool_or(new_to_brand)::INT AS ntb, sum(purchase_unit_price * total_units_sold) AS s
        FROM amazon_attributed_events_by_conversion_time WHERE conversion_event_subtype = 'order' AND user_id IS NOT NULL GROUP BY 1)
      SELECT [{'n': 1, 's': names[1]}] || CASE WHEN len(names) = 2 THEN [{'n': 2, 's': names[2]}] ELSE [] END AS path,
             count(*) AS path_occurrences,
             sum(i) AS impressions, count(b.user_id) AS users_that_purchased, sum(b.s) AS sales_amount,
               sum(ntb) AS ntb_users_that_purchased,
             100 * avg(ntb) AS ntb_percentage
      FROM walks LEFT JOIN bought b USING (user_id) GROUP BY names`,
  },

  'Assisting campaigns': {
    amc: `
      WITH touches AS (
        SELECT user_id, campaign, impression_dt_utc AS touch_dt FROM dsp_impressions WHERE user_id IS NOT NULL
        UNION ALL
        SELECT user_id, campaign, event_dt_utc FROM sponsored_ads_traffic WHERE user_id IS NOT NULL AND clicks = 1
      ), orders AS (
        SELECT conversion_id, user_id, MAX(event_dt_utc) AS order_dt, MAX(total_product_sales) AS sales
        FROM conversions_with_relevance WHERE user_id IS NOT NULL AND event_subtype = 'order' GROUP BY conversion_id, user_id
      ), joined AS (
        SELECT o.conversion_id, t.campaign, o.sales,
               ROW_NUMBER() OVER (PARTITION BY o.conversion_id ORDER BY t.touch_dt, t.campaign) AS from_start,
               ROW_NUMBER() OVER (PARTITION BY o.conversion_id ORDER BY t.touch_dt DESC, t.campaign DESC) AS from_end
        FROM orders o INNER JOIN touches t ON t.user_id = o.user_id AND t.touch_dt <= o.order_dt
          AND SECONDS_BETWEEN(t.touch_dt, o.order_dt) <= 14 * 86400
      )
      SELECT campaign,
             COUNT(DISTINCT CASE WHEN from_start = 1 THEN conversion_id END) AS purchases_first_touch,
             COUNT(DISTINCT CASE WHEN from_start > 1 AND from_end > 1 THEN conversion_id END) AS purchases_middle_touch,
             COUNT(DISTINCT CASE WHEN from_end = 1 THEN conversion_id END) AS purchases_last_touch,
             SUM(CASE WHEN from_end = 1 THEN sales ELSE 0 END) AS sales_last_touch
      FROM joined GROUP BY campaign`,
    duckdb: `
      WITH touches AS (
        SELECT user_id, campaign, impression_dt_utc AS t FROM dsp_impressions
        UNION ALL SELECT user_id, campaign, event_dt_utc FROM sponsored_ads_traffic WHERE clicks > 0),
      -- Every conversion of the relevance table stands once in the other one.
      orders AS (SELECT conversion_id, user_id, event_dt_utc AS ordered, total_product_sales AS s FROM conversions
        WHERE event_subtype = 'order'),
      walks AS (
        SELECT conversion_id, any_value(s) AS s, list(campaign ORDER BY t, campaign) AS names
        FROM orders JOIN touches USING (user_id) WHERE t <= ordered AND ordered < t + INTERVAL 14 DAY + INTERVAL 1 SECOND GROUP BY 1),
      places AS (
        SELECT names[1] AS campaign, 'first' AS place, conversion_id, 0 AS s FROM walks
        UNION ALL SELECT names[-1], 'last', conversion_id, s FROM walks
        UNION ALL SELECT unnest(names[2:-2]), 'middle', conversion_id, 0 FROM walks)
      SELECT campaign, count(DISTINCT conversion_id) FILTER (place = 'first') AS purchases_first_touch,
             count(DISTINCT conversion_id) FILTER (place = 'middle') AS purchases_middle_touch,
             count(DISTINCT conversion_id) FILTER (place = 'last') AS purchases_last_touch, sum(s) AS sales_last_touch
      FROM places GROUP BY 1`,
  },

  'Search path: first against attributed search term': {
    amc: `
      WITH searches AS (
        SELECT user_id, customer_search_term, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY event_dt_utc, customer_search_term) AS n
        FROM TABLE(EXTEND_TIME_WINDOW('sponsored_ads_traffic', 'P14D', 'P0D'))
        WHERE customer_search_term IS NOT NULL AND user_id IS NOT NULL
      ), attributed AS (
        SELECT user_id, customer_search_term, SUM(total_purchases) AS total_purchases
        FROM amazon_attributed_events_by_conversion_time
        WHERE customer_search_term IS NOT NULL AND total_purchases > 0 GROUP BY 1, 2
      )
      SELECT s.customer_search_term AS first_search_term, a.customer_search_term AS attributed_search_term,
             SUM(a.total_purchases) AS total_purchases
      FROM attributed a INNER JOIN searches s ON s.user_id = a.user_id AND s.n = 1
      GROUP BY 1, 2`,
    duckdb: `
      WITH firsts AS (
        SELECT user_id, min((event_dt_utc, customer_search_term)) AS f FROM synthetic.sponsored_ads_traffic
        WHERE event_dt_utc >= '2026-09-17' AND event_dt_utc < '2026-11-01' AND customer_search_term IS NOT NULL GROUP BY 1)
      SELECT f[2] AS first_search_term, customer_search_term AS attributed_search_term, count(*) AS total_purchases
      FROM amazon_attributed_events_by_conversion_time JOIN firsts USING (user_id)
      WHERE conversion_event_subtype = 'order' AND customer_search_term <> '' GROUP BY ALL`,
  },
}
