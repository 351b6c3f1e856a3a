import type { Analyses } from './analysis.ts'

export const video: Analyses = {
  'Video completion': {
    amc: `
      WITH watched AS (
        SELECT creative, user_id, SUM(impressions) AS impressions, SUM(video_start) AS starts, SUM(video_first_quartile) AS first_quartile,
               SUM(video_midpoint) AS midpoint,
               SUM(video_third_quartile) AS third_quartile, SUM(video_complete) AS complete
        FROM dsp_video_events_feed WHERE creative_category = 'Video' GROUP BY creative, user_id
      ), buyers AS (
        SELECT DISTINCT user_id FROM amazon_attributed_events_by_conversion_time WHERE total_purchases > 0 AND user_id IS NOT NULL
      )
      SELECT creative, SUM(starts) AS video_start, SUM(first_quartile) AS video_first_quartile, SUM(midpoint) AS video_midpoint,
             SUM(third_quartile) AS video_third_quartile,
             SUM(complete) AS video_complete, 100 * SUM(complete) / NULLIF(SUM(starts), 0) AS completion_rate,
             COUNT(DISTINCT CASE WHEN complete > 0 THEN b.user_id END) AS buyers_who_saw_all
      FROM watched w LEFT JOIN buyers b ON w.user_id = b.user_id
      GROUP BY creative`,
    duckdb: `
      -- How far somebody came: 5 for the end, 0 for not even the start.
      WITH far AS (
        SELECT creative, user_id, video_start + video_first_quartile + video_midpoint + video_third_quartile + video_complete AS f
        FROM dsp_video_events_feed WHERE creative_category = 'Video')
      SELECT creative, count(*) FILTER (f >= 1) AS video_start, count(*) FILTER (f >= 2) AS video_first_quartile,
             count(*) FILTER (f >= 3) AS video_midpoint,
             count(*) FILTER (f >= 4) AS video_third_quartile, count(*) FILTER (f = 5) AS video_complete,
               100 * avg((f = 5)::INT) FILTER (f > 0) AS completion_rate,
             count(DISTINCT user_id) FILTER (f = 5 AND user_id IN (SELECT user_id FROM amazon_attributed_events_by_conversion_time
               WHERE conversion_event_subtype = 'order' AND user_id IS NOT NULL)) AS buyers_who_saw_all
      FROM far GROUP BY 1`,
  },

  'Sponsored Brands video funnel': {
    amc: `
      SELECT campaign, ad_group, creative, SUM(impressions) AS impressions, SUM(five_sec_views) AS five_sec_views,
             SUM(video_first_quartile_views) AS video_first_quartile_views, SUM(video_complete_views) AS video_complete_views,
               SUM(video_unmutes) AS video_unmutes,
             SUM(video_complete_views) / NULLIF(SUM(video_first_quartile_views), 0) AS held
      FROM sponsored_ads_traffic
      WHERE ad_product_type = 'sponsored_brands' AND creative_type = 'video'
      GROUP BY campaign, ad_group, creative`,
    duckdb: `
      SELECT campaign, ad_group, creative, count(*) FILTER (impressions = 1) AS impressions,
             count(*) FILTER (five_sec_views = 1) AS five_sec_views,
             count(*) FILTER (video_first_quartile_views = 1) AS video_first_quartile_views,
               count(*) FILTER (video_complete_views = 1) AS video_complete_views, count(*) FILTER (video_unmutes = 1) AS video_unmutes,
             count(*) FILTER (video_complete_views = 1) / count(*) FILTER (video_first_quartile_views = 1) AS held
      FROM sponsored_ads_traffic WHERE campaign LIKE 'Fernhill SB Video%' GROUP BY 1, 2, 3`,
  },

  'Streaming TV incremental reach': {
    amc: `
      WITH tv AS (
        SELECT user_id, SUM(total_cost) / 100000 AS cost FROM dsp_impressions WHERE line_item SIMILAR TO '(?i)(stv|ott|streaming)'
          AND user_id IS NOT NULL GROUP BY 1
      ), other AS (
        SELECT user_id, SUM(total_cost) / 100000 AS cost FROM dsp_impressions WHERE line_item NOT SIMILAR TO '(?i)(stv|ott|streaming)'
          AND user_id IS NOT NULL GROUP BY 1
      )
      SELECT CASE WHEN other.user_id IS NULL THEN 'TV only' WHEN tv.user_id IS NULL THEN 'other only' ELSE 'both' END AS exposed_to,
             COUNT(*) AS reach, COUNT(*) / SUM(COUNT(*)) OVER () AS share, SUM(COALESCE(tv.cost, 0) + COALESCE(other.cost, 0)) AS cost
      FROM tv FULL JOIN other ON tv.user_id = other.user_id
      GROUP BY 1`,
    duckdb: `
      WITH people AS (
        SELECT user_id, sum(total_cost) / 1e5 AS c,
               sum((lower(line_item) LIKE '%stv%' OR lower(line_item) LIKE '%ott%' OR lower(line_item) LIKE '%streaming%')::INT) AS tv,
               count(*) AS n
        FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY 1)
      SELECT CASE tv WHEN n THEN 'TV only' WHEN 0 THEN 'other only' ELSE 'both' END AS exposed_to, count(*) AS reach,
             count(*) / (SELECT count(*) FROM people) AS share, sum(c) AS cost
      FROM people GROUP BY 1`,
  },

  'Prime Video Channels subscribers': {
    amc: `
      WITH enrolled AS (
        SELECT user_id, pv_benefit_name, COUNT(IF(pv_is_plan_start, 1, NULL)) AS starts, MAX(IF(pv_is_plan_conversion, 1, 0)) AS converted,
               AVG(pv_unit_price) AS price
        FROM TABLE(EXTEND_TIME_WINDOW('amazon_pvc_enrollments', 'P60D', 'P0D')) WHERE user_id IS NOT NULL GROUP BY user_id, pv_benefit_name
      ), watched AS (
        SELECT user_id, SUM(pv_seconds_viewed) / 60 AS minutes, COUNT(DISTINCT pv_gti_title_name) AS titles
        FROM amazon_pvc_streaming_events_feed WHERE pv_is_channels = TRUE GROUP BY user_id
      )
      SELECT pv_benefit_name, SUM(starts) AS enrolments, SUM(converted) AS converted, COUNT(w.user_id) AS viewers,
             SUM(minutes) / COUNT(w.user_id) AS minutes_per_viewer, MAX(titles) AS most_titles
      FROM enrolled e LEFT JOIN watched w ON e.user_id = w.user_id
      GROUP BY pv_benefit_name`,
    duckdb: `
      WITH records AS (SELECT * FROM synthetic_channels.amazon_pvc_enrollments WHERE pv_start_date >= DATE '2026-10-01' - 60
        AND pv_start_date < '2026-11-01' AND user_id IS NOT NULL),
      people AS (SELECT DISTINCT pv_benefit_name, user_id FROM records),
      sessions AS (SELECT user_id, pv_seconds_viewed AS s, pv_gti_title_name AS t FROM amazon_pvc_streaming_events_feed
        WHERE pv_is_channels)
      SELECT pv_benefit_name, (SELECT count(*) FROM records r WHERE r.pv_benefit_name = p.pv_benefit_name
        AND pv_is_plan_start) AS enrolments,
             (SELECT count(DISTINCT user_id) FROM records r WHERE r.pv_benefit_name = p.pv_benefit_name
               AND pv_is_plan_conversion) AS converted,
             count(DISTINCT s.user_id) AS viewers, sum(s) / 60 / count(DISTINCT s.user_id) AS minutes_per_viewer,
             max((SELECT count(DISTINCT t) FROM sessions o WHERE o.user_id = p.user_id)) AS most_titles
      FROM people p LEFT JOIN sessions s USING (user_id) GROUP BY 1`,
  },
}

export const store: Analyses = {
  'Store traffic by source': {
    amc: `
      WITH visits AS (
        SELECT visit_id, session_id, ingress_type, referrer_domain, COUNT(*) AS page_views, SUM(dwell_time) AS dwell
        FROM amazon_brand_store_page_views GROUP BY 1, 2, 3, 4
      ), clicks AS (
        SELECT session_id, COUNT(*) AS clicks FROM amazon_brand_store_engagement_events WHERE event_type = 'CLICK' GROUP BY session_id
      )
      SELECT CASE ingress_type WHEN '1' THEN 'search' WHEN '2' THEN 'byline' WHEN '4' THEN 'ads' ELSE 'other' END AS source,
             referrer_domain,
             COUNT(DISTINCT visit_id) AS visits, SUM(page_views) AS page_views, SUM(dwell) / SUM(page_views) AS average_dwell_seconds,
               SUM(clicks) AS clicks_of_sessions
      FROM visits v LEFT JOIN clicks c ON v.session_id = c.session_id
      GROUP BY 1, 2`,
    duckdb: `
      WITH taps AS (SELECT session_id, count(*) AS n FROM amazon_brand_store_engagement_events WHERE event_type = 'CLICK' GROUP BY 1),
      pages AS (SELECT *, coalesce(map {'1': 'search', '2': 'byline', '4': 'ads'}[ingress_type], 'other') AS source
        FROM amazon_brand_store_page_views),
      tapped AS (SELECT source, referrer_domain, sum(n) AS n FROM (SELECT DISTINCT visit_id, session_id, ingress_type, referrer_domain,
        source FROM pages) JOIN taps USING (session_id) GROUP BY 1, 2)
      SELECT p.source, p.referrer_domain, count(DISTINCT visit_id) AS visits, count(*) AS page_views,
             avg(dwell_time) AS average_dwell_seconds, any_value(n) AS clicks_of_sessions
      FROM pages p LEFT JOIN tapped t ON t.source = p.source AND t.referrer_domain IS NOT DISTINCT FROM p.referrer_domain GROUP BY 1, 2`,
  },

  'Store visitors and purchases': {
    amc: `
      WITH ads AS (SELECT DISTINCT user_id FROM dsp_impressions WHERE user_id IS NOT NULL),
      visitors AS (SELECT DISTINCT user_id FROM amazon_brand_store_page_views WHERE user_id IS NOT NULL),
      buyers AS (
        SELECT user_id, SUM(total_product_sales) AS sales FROM amazon_attributed_events_by_conversion_time WHERE total_purchases > 0
          AND user_id IS NOT NULL GROUP BY user_id
      )
      SELECT CASE WHEN v.user_id IS NULL THEN 'ad only' WHEN a.user_id IS NULL THEN 'store only' ELSE 'both' END AS exposure_group,
             COUNT(DISTINCT COALESCE(a.user_id, v.user_id)) AS users, COUNT(DISTINCT b.user_id) AS users_that_purchased,
               SUM(b.sales) AS sales,
             SUM(b.sales) / COUNT(DISTINCT COALESCE(a.user_id, v.user_id)) AS sales_per_user
      FROM ads a FULL OUTER JOIN visitors v ON a.user_id = v.user_id
      LEFT JOIN buyers b ON b.user_id = COALESCE(a.user_id, v.user_id)
      GROUP BY 1`,
    duckdb: `
      WITH people AS (SELECT user_id, bool_or(ad) AS ad, bool_or(NOT ad) AS page FROM (SELECT user_id, true AS ad FROM dsp_impressions
        UNION ALL SELECT user_id, false FROM amazon_brand_store_page_views)
        WHERE user_id IS NOT NULL GROUP BY 1),
      orders AS (SELECT user_id, total_product_sales AS v FROM amazon_attributed_events_by_conversion_time
        WHERE conversion_event_subtype = 'order')
      SELECT CASE WHEN ad AND page THEN 'both' WHEN ad THEN 'ad only' ELSE 'store only' END AS exposure_group,
             count(DISTINCT p.user_id) AS users, count(DISTINCT o.user_id) AS users_that_purchased,
             sum(v) AS sales, sum(v) / count(DISTINCT p.user_id) AS sales_per_user
      FROM people p LEFT JOIN orders o USING (user_id) GROUP BY 1`,
  },
}

export const grocery: Analyses = {
  'Online and in-store purchases': {
    amc: `
      SELECT campaign_id_string, campaign, tracked_asin AS asin,
             SUM(IF(conversion_event_marketplace_name = 'AMAZON.COM' AND purchase_retail_program IS NULL, total_purchases,
               0)) AS amazon_com_purchases,
             SUM(IF(conversion_event_marketplace_name = 'WHOLE_FOODS_MARKET_US', total_purchases,
               0)) AS whole_foods_physical_store_purchases,
             SUM(IF(conversion_event_marketplace_name = 'AMAZON_FRESH_STORES_US', total_purchases, 0)) AS fresh_physical_store_purchases,
             SUM(IF(conversion_event_marketplace_name = 'AMAZON.COM' AND CONTAINED_IN(purchase_retail_program, 'Amazon Fresh',
               'Whole Foods Market'), total_purchases, 0)) AS programs_on_amazon_purchases,
             SUM(total_product_sales) AS sales
      FROM amazon_attributed_events_by_conversion_time
      WHERE tracked_asin IS NOT NULL
      GROUP BY 1, 2, 3`,
    duckdb: `
      WITH places AS (SELECT campaign_id_string, campaign, tracked_item AS asin, total_product_sales AS v,
          CASE WHEN conversion_event_marketplace_name LIKE 'WHOLE%' THEN 'w' WHEN conversion_event_marketplace_name LIKE '%FRESH%' THEN 'f'
               WHEN conversion_event_marketplace_name = 'AMAZON.COM' THEN CASE WHEN purchase_retail_program IS NULL THEN 'a'
                 ELSE 'p' END END AS place
        FROM amazon_attributed_events_by_conversion_time WHERE conversion_event_subtype = 'order')
      SELECT campaign_id_string, campaign, asin, count(*) FILTER (place = 'a') AS amazon_com_purchases,
             count(*) FILTER (place = 'w') AS whole_foods_physical_store_purchases,
             count(*) FILTER (place = 'f') AS fresh_physical_store_purchases, count(*) FILTER (place = 'p') AS programs_on_amazon_purchases,
               sum(v) AS sales
      FROM places GROUP BY 1, 2, 3`,
  },

  'Offline grocery purchases': {
    amc: `
      WITH exposed AS (
        SELECT user_id, campaign FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P28D', 'P0D')) WHERE advertiser = 'Juniper Lane Pantry'
          AND user_id IS NOT NULL GROUP BY user_id, campaign
      ), bought AS (
        SELECT user_id, brand, COUNT(DISTINCT household_purchase_id) AS baskets, SUM(purchase_dollar_amount) AS dollars,
               SUM(purchase_quantity) AS quantity
        FROM ncs_cpg_insights_stream WHERE user_id IS NOT NULL GROUP BY user_id, brand
      )
      SELECT campaign, brand, COUNT(DISTINCT b.user_id) AS buyers, SUM(baskets) AS baskets, SUM(dollars) AS purchase_dollar_amount,
             SUM(quantity) AS purchase_quantity,
             SUM(dollars) / NULLIF(SUM(quantity), 0) AS price
      FROM exposed e JOIN bought b ON e.user_id = b.user_id
      GROUP BY campaign, brand`,
    duckdb: `
      WITH lines AS (SELECT user_id, brand, household_purchase_id AS h, purchase_dollar_amount AS d, purchase_quantity AS q
        FROM synthetic_groceries.ncs_cpg_insights_stream
        WHERE week_end_dt >= '2026-10-01' AND week_end_dt < '2026-11-01'),
      shown AS (SELECT DISTINCT user_id, campaign FROM synthetic.dsp_impressions WHERE campaign LIKE 'Juniper Lane%'
        AND impression_dt_utc >= '2026-09-03' AND impression_dt_utc < '2026-11-01')
      SELECT campaign, brand, count(DISTINCT user_id) AS buyers, count(DISTINCT (user_id, h)) AS baskets, sum(d) AS purchase_dollar_amount,
             sum(q) AS purchase_quantity, sum(d) / sum(q) AS price
      FROM lines JOIN shown USING (user_id) GROUP BY 1, 2`,
  },
}
