import type { Analyses } from './analysis.ts'

export const mediaMix: Analyses = {
  'Two-way overlap: Sponsored Products and DSP display': {
    amc: `
      -- An exposure counts only when it came before the first purchase.
      WITH sp AS (
        SELECT user_id, MIN(event_dt_utc) AS first_seen FROM sponsored_ads_traffic
        WHERE ad_product_type = 'sponsored_products' AND impressions > 0 AND user_id IS NOT NULL GROUP BY user_id
      ), display AS (
        SELECT user_id, MIN(impression_dt_utc) AS first_seen FROM dsp_impressions
        WHERE creative_category = 'Display' AND user_id IS NOT NULL GROUP BY user_id
      ), purchase AS (
        SELECT user_id, MIN(conversion_event_dt_utc) AS first_bought, SUM(total_purchases) AS purchases
        FROM amazon_attributed_events_by_traffic_time WHERE total_purchases > 0 AND user_id IS NOT NULL GROUP BY user_id
      ), users AS (
        SELECT COALESCE(s.user_id, d.user_id) AS user_id, s.first_seen AS sp_seen, d.first_seen AS display_seen
        FROM sp s FULL OUTER JOIN display d ON s.user_id = d.user_id
      ), grouped AS (
        SELECT u.user_id, p.user_id AS buyer, p.purchases,
               CASE
                 WHEN IF(p.user_id IS NULL, sp_seen IS NOT NULL, sp_seen <= first_bought)
                  AND IF(p.user_id IS NULL, display_seen IS NOT NULL, display_seen <= first_bought) THEN 'both'
                 WHEN IF(p.user_id IS NULL, sp_seen IS NOT NULL, sp_seen <= first_bought) THEN 'SP'
                 WHEN IF(p.user_id IS NULL, display_seen IS NOT NULL, display_seen <= first_bought) THEN 'DISPLAY'
                 ELSE 'none'
               END AS exposure_group
        FROM users u LEFT JOIN purchase p ON u.user_id = p.user_id
      )
      SELECT exposure_group, COUNT(DISTINCT user_id) AS unique_reach, COUNT(DISTINCT buyer) AS users_that_purchased,
             SUM(purchases) AS purchases, COUNT(DISTINCT buyer) / COUNT(DISTINCT user_id) AS purchase_rate
      FROM grouped GROUP BY exposure_group`,
    duckdb: `
      WITH bought AS (
        SELECT user_id, min(conversion_event_dt_utc) AS at, count(*) AS n FROM amazon_attributed_events_by_traffic_time
        WHERE conversion_event_subtype = 'order' GROUP BY 1),
      seen AS (
        SELECT user_id, 'S' AS side, event_dt_utc AS at FROM sponsored_ads_traffic WHERE ad_product_type = 'sponsored_products'
          AND impressions = 1
        UNION ALL SELECT user_id, 'D', impression_dt_utc FROM dsp_impressions WHERE creative_category = 'Display'),
      sides AS (
        SELECT s.user_id, any_value(n) AS n, coalesce(bool_or(side = 'S' AND (b.at IS NULL OR s.at <= b.at)), false) AS s,
               coalesce(bool_or(side = 'D' AND (b.at IS NULL OR s.at <= b.at)), false) AS d
        FROM seen s LEFT JOIN bought b USING (user_id) WHERE s.user_id IS NOT NULL GROUP BY 1)
      SELECT CASE WHEN s AND d THEN 'both' WHEN s THEN 'SP' WHEN d THEN 'DISPLAY' ELSE 'none' END AS exposure_group,
             count(*) AS unique_reach, count(n) AS users_that_purchased, sum(n) AS purchases, count(n) / count(*) AS purchase_rate
      FROM sides GROUP BY 1`,
  },

  'Three-way overlap: display, Streaming TV, Sponsored Products': {
    amc: `
      WITH exposed AS (
        SELECT user_id, 'display' AS media FROM dsp_impressions WHERE line_item_type IN ('AAP', 'AAP_MOBILE', 'AAP_DISPLAY')
          AND user_id IS NOT NULL
        UNION
        SELECT user_id, 'stv' AS media FROM dsp_impressions
        WHERE line_item_type = 'AAP_VIDEO_CPM' AND campaign SIMILAR TO '(?i)(stv|streaming tv)' AND user_id IS NOT NULL
        UNION
        SELECT user_id, 'sp' AS media FROM sponsored_ads_traffic WHERE ad_product_type = 'sponsored_products' AND user_id IS NOT NULL
      ),
      sets AS (
        SELECT user_id, ARRAY_TO_STRING(ARRAY_SORT(COLLECT(media)), '+') AS exposure_group FROM exposed GROUP BY user_id
      ),
      buyers AS (
        SELECT user_id, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
        FROM amazon_attributed_events_by_traffic_time WHERE total_purchases = 1 AND user_id IS NOT NULL GROUP BY user_id
      )
      SELECT exposure_group,
             COUNT(DISTINCT s.user_id) AS impression_reach,
             100.0 * COUNT(DISTINCT s.user_id) / SUM(COUNT(DISTINCT s.user_id)) OVER () AS percent_reach,
             COUNT(DISTINCT b.user_id) AS users_that_purchased,
             SUM(b.purchases) AS purchases,
             SUM(b.sales) AS sales
      FROM sets s LEFT JOIN buyers b ON s.user_id = b.user_id
      GROUP BY exposure_group`,
    duckdb: `
      WITH people AS (SELECT DISTINCT user_id FROM (SELECT user_id FROM dsp_impressions UNION ALL SELECT user_id
        FROM sponsored_ads_traffic)),
      told AS (
        SELECT user_id,
               concat_ws('+',
            CASE WHEN user_id IN (FROM (SELECT user_id FROM dsp_impressions WHERE line_item_type LIKE 'AAP%'
              AND line_item_type NOT IN ('AAP_VIDEO_CPM', 'AAP_AUDIO_CPM') AND user_id IS NOT NULL)) THEN 'display' END,
            CASE WHEN user_id IN (FROM (SELECT user_id FROM sponsored_ads_traffic WHERE ad_product_type = 'sponsored_products'
              AND user_id IS NOT NULL)) THEN 'sp' END,
            CASE WHEN user_id IN (FROM (SELECT user_id FROM dsp_impressions WHERE user_id IS NOT NULL AND line_item_type = 'AAP_VIDEO_CPM'
              AND (contains(lower(campaign), 'stv') OR contains(lower(campaign), 'streaming tv')))) THEN 'stv' END) AS exposure_group
        FROM people WHERE user_id IS NOT NULL),
      orders AS (SELECT user_id, total_product_sales AS s FROM amazon_attributed_events_by_traffic_time
        WHERE conversion_event_subtype = 'order')
      SELECT exposure_group, count(DISTINCT t.user_id) AS impression_reach,
             count(DISTINCT t.user_id) * 100 / (SELECT count(*) FROM told WHERE exposure_group <> '') AS percent_reach,
             count(DISTINCT o.user_id) AS users_that_purchased, nullif(count(s), 0) AS purchases, sum(s) AS sales
      FROM told t LEFT JOIN orders o USING (user_id) WHERE exposure_group <> '' GROUP BY 1`,
  },

  'Media mix by combination of ad products, small sets folded': {
    amc: `
      WITH touched AS (
        SELECT DISTINCT user_id, 'dsp' AS product FROM dsp_impressions WHERE user_id IS NOT NULL
        UNION ALL
        SELECT DISTINCT user_id, REPLACE(ad_product_type, 'sponsored_', '') AS product FROM sponsored_ads_traffic WHERE user_id IS NOT NULL
      ),
      per_user AS (
        SELECT user_id, ARRAY_SORT(COLLECT(DISTINCT product)) AS products FROM touched GROUP BY user_id
      ),
      sets AS (
        SELECT products, COUNT(DISTINCT user_id) AS reach FROM per_user GROUP BY products
      )
      SELECT CASE WHEN reach < CUSTOM_PARAMETER('min_users') THEN 'other' ELSE ARRAY_TO_STRING(products, ', ') END AS exposure_set,
             MAX(CARDINALITY(products)) AS most_products, SUM(reach) AS reach, COUNT(*) AS combinations
      FROM sets
      GROUP BY 1`,
    duckdb: `
      WITH masks AS (
        SELECT user_id, bool_or(p = 'dsp') AS d, bool_or(p = 'sponsored_brands') AS b, bool_or(p = 'sponsored_display') AS y,
               bool_or(p = 'sponsored_products') AS s, bool_or(p = 'sponsored_television') AS t
        FROM (SELECT user_id, 'dsp' AS p FROM dsp_impressions UNION ALL SELECT user_id, ad_product_type FROM sponsored_ads_traffic)
        WHERE user_id IS NOT NULL GROUP BY 1),
      sets AS (SELECT d, b, y, s, t, count(*) AS n FROM masks GROUP BY ALL)
      SELECT CASE WHEN n < 100 THEN 'other' ELSE concat_ws(', ', CASE WHEN b THEN 'brands' END, CASE WHEN y THEN 'display' END,
               CASE WHEN d THEN 'dsp' END, CASE WHEN s THEN 'products' END, CASE WHEN t THEN 'television' END) END AS exposure_set,
             max(d::INT + b::INT + y::INT + s::INT + t::INT) AS most_products, sum(n) AS reach, count(*) AS combinations
      FROM sets GROUP BY 1`,
    customParameters: [{ name: 'min_users', dataType: 'INTEGER', columnType: 'METRIC', defaultValue: 100 }],
  },

  'Incremental reach of a focus campaign': {
    amc: `
      WITH focus AS (
        SELECT user_id, MIN(impression_dt_utc) AS seen_at FROM dsp_impressions
        WHERE campaign = 'Fernhill | STV | Prospecting | Always On' AND user_id IS NOT NULL GROUP BY 1
      ), base AS (
        SELECT user_id, MIN(seen_at) AS seen_at FROM (
          SELECT user_id, impression_dt_utc AS seen_at FROM dsp_impressions WHERE campaign LIKE 'Fernhill | Display%'
          UNION ALL
          SELECT user_id, event_dt_utc FROM sponsored_ads_traffic WHERE advertiser = 'Fernhill Cookware' AND impressions = 1
        ) WHERE user_id IS NOT NULL GROUP BY 1
      ), timed AS (
        SELECT f.user_id, CASE WHEN b.user_id IS NULL THEN 'focus only' WHEN f.seen_at < b.seen_at THEN 'focus first'
          ELSE 'base first' END AS exposure_timing_group
        FROM focus f LEFT JOIN base b ON f.user_id = b.user_id
      )
      SELECT exposure_timing_group, COUNT(DISTINCT user_id) AS focus_campaign_reach,
             COUNT(DISTINCT user_id) / SUM(COUNT(DISTINCT user_id)) OVER () AS reach_perc
      FROM timed GROUP BY exposure_timing_group`,
    duckdb: `
      WITH seen AS (
        SELECT user_id, impression_dt_utc AS seen_at, campaign LIKE '%STV%' AS focus FROM dsp_impressions
        WHERE advertiser = 'Fernhill Cookware' AND (campaign LIKE '%STV%' OR campaign LIKE '%Display%')
        UNION ALL SELECT user_id, event_dt_utc, false FROM sponsored_ads_traffic WHERE advertiser = 'Fernhill Cookware'
          AND impressions > 0),
      firsts AS (SELECT min(seen_at) FILTER (focus) AS f, min(seen_at) FILTER (NOT focus) AS b FROM seen WHERE user_id IS NOT NULL
        GROUP BY user_id HAVING bool_or(focus))
      SELECT CASE WHEN b IS NULL THEN 'focus only' WHEN b > f THEN 'focus first' ELSE 'base first' END AS exposure_timing_group,
             count(*) AS focus_campaign_reach, count(*) / (SELECT count(*) FROM firsts) AS reach_perc
      FROM firsts GROUP BY 1`,
  },

  'Campaign-to-campaign cannibalisation': {
    amc: `
      WITH seen AS (
        SELECT DISTINCT user_id, campaign FROM dsp_impressions WHERE user_id IS NOT NULL
      ), reach AS (
        SELECT campaign, COUNT(DISTINCT user_id) AS reach FROM seen GROUP BY campaign
      ), pairs AS (
        SELECT a.campaign AS campaign_a, b.campaign AS campaign_b, COUNT(DISTINCT a.user_id) AS overlap_users
        FROM seen a INNER JOIN seen b ON a.user_id = b.user_id AND a.campaign < b.campaign
        GROUP BY 1, 2
        HAVING COUNT(DISTINCT a.user_id) >= 20
      )
      SELECT campaign_a, campaign_b, ra.reach AS reach_a, rb.reach AS reach_b, overlap_users,
             overlap_users / ra.reach AS overlap_share_of_a, overlap_users / rb.reach AS overlap_share_of_b
      FROM pairs p INNER JOIN reach ra ON p.campaign_a = ra.campaign INNER JOIN reach rb ON p.campaign_b = rb.campaign`,
    duckdb: `
      WITH lists AS (SELECT campaign, list(DISTINCT user_id) AS people FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY 1)
      SELECT a.campaign AS campaign_a, b.campaign AS campaign_b, len(a.people) AS reach_a, len(b.people) AS reach_b,
             len(list_intersect(a.people, b.people)) AS overlap_users, overlap_users / reach_a AS overlap_share_of_a,
               overlap_users / reach_b AS overlap_share_of_b
      FROM lists a, lists b WHERE a.campaign < b.campaign AND len(list_intersect(a.people, b.people)) >= 20`,
  },

  'Promotional event, before, during and after, its days as parameters': {
    amc: `
      WITH traffic AS (
        SELECT impression_date_utc AS event_date, impressions, total_cost / 100000 AS spend, 0 AS purchases, 0 AS sales FROM dsp_impressions
        UNION ALL
        SELECT event_date_utc, impressions, spend / 100000000, 0, 0 FROM sponsored_ads_traffic
        UNION ALL
        SELECT traffic_event_date_utc, 0, 0, total_purchases, total_product_sales FROM amazon_attributed_events_by_traffic_time
      )
      SELECT CASE
               WHEN event_date < CUSTOM_PARAMETER('event_start') THEN '1 lead-in'
               WHEN event_date <= CUSTOM_PARAMETER('event_end') THEN '2 event'
               ELSE '3 lead-out'
             END AS phase,
             event_date, SUM(impressions) AS impressions, SUM(spend) AS spend, SUM(purchases) AS purchases, SUM(sales) AS sales,
             SUM(sales) / NULLIF(SUM(spend), 0) AS roas
      FROM traffic
      WHERE event_date BETWEEN CUSTOM_PARAMETER('event_start') - INTERVAL '3' DAY AND CUSTOM_PARAMETER('event_end') + INTERVAL '3' DAY
      GROUP BY 1, 2
      ORDER BY event_date`,
    duckdb: `
      WITH shown AS (SELECT impression_dt_utc::DATE AS day, count(*) AS i, sum(total_cost) / 1e5 AS m FROM dsp_impressions GROUP BY 1),
      ads AS (SELECT event_dt_utc::DATE AS day, sum(impressions) AS i, sum(spend) / 1e8 AS m FROM sponsored_ads_traffic GROUP BY 1),
      earned AS (SELECT traffic_event_dt_utc::DATE AS day, count(*) FILTER (conversion_event_subtype = 'order') AS n,
                        sum(total_units_sold * purchase_unit_price) AS v FROM amazon_attributed_events_by_traffic_time GROUP BY 1)
      SELECT CASE WHEN day IN ('2026-10-11', '2026-10-12') THEN '2 event'
               WHEN day < '2026-10-11' THEN '1 lead-in' ELSE '3 lead-out' END AS phase,
             day AS event_date, shown.i + ads.i AS impressions, shown.m + ads.m AS spend, n AS purchases, v AS sales,
             v / (shown.m + ads.m) AS roas
      FROM shown JOIN ads USING (day) JOIN earned USING (day) WHERE day BETWEEN '2026-10-08' AND '2026-10-15' ORDER BY day`,
    customParameters: [
      { name: 'event_start', dataType: 'DATE', columnType: 'DIMENSION' },
      { name: 'event_end', dataType: 'DATE', columnType: 'DIMENSION' },
    ],
    parameterValues: { event_start: '2026-10-11', event_end: '2026-10-12' },
    ordered: true,
  },
}
