-- First touch with a lookback, clicks before impressions.
-- use case: 70
-- declare: include_brand_halo BOOLEAN = true
WITH traffic AS (
  SELECT user_id, campaign_id_string, campaign, 'amazon_dsp' AS ad_product_type, impression_dt_utc AS traffic_dt, impressions, 0 AS clicks, 1 AS priority
  FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P14D', 'P0D')) WHERE user_id IS NOT NULL
  UNION ALL
  SELECT user_id, campaign_id_string, campaign, 'amazon_dsp', click_dt_utc, 0, clicks, 0
  FROM TABLE(EXTEND_TIME_WINDOW('dsp_clicks', 'P14D', 'P0D')) WHERE user_id IS NOT NULL
  UNION ALL
  SELECT user_id, campaign_id_string, campaign, ad_product_type, event_dt_utc, impressions, clicks, IF(clicks > 0, 0, 1)
  FROM TABLE(EXTEND_TIME_WINDOW('sponsored_ads_traffic', 'P14D', 'P0D')) WHERE user_id IS NOT NULL
),
orders AS (
  SELECT conversion_id, user_id, campaign_id_string, event_dt_utc AS conversion_dt, MAX(total_units_sold) AS units, MAX(total_product_sales) AS sales
  FROM conversions_with_relevance
  WHERE user_id IS NOT NULL AND event_subtype = 'order'
    AND (engagement_scope = 'PROMOTED' OR (engagement_scope = 'BRAND_HALO' AND {{include_brand_halo}}))
  GROUP BY conversion_id, user_id, campaign_id_string, event_dt_utc
),
matched AS (
  SELECT o.conversion_id, t.campaign_id_string, t.campaign, t.ad_product_type, o.user_id, o.units, o.sales,
         ROW_NUMBER() OVER (PARTITION BY o.conversion_id ORDER BY t.priority, t.traffic_dt) AS match_rank
  FROM orders o
  INNER JOIN traffic t ON t.user_id = o.user_id AND t.campaign_id_string = o.campaign_id_string
   AND t.traffic_dt <= o.conversion_dt AND SECONDS_BETWEEN(t.traffic_dt, o.conversion_dt) <= 60 * 60 * 24 * 14
),
first_touches AS (SELECT campaign_id_string, campaign, ad_product_type, user_id, conversion_id, units, sales FROM matched WHERE match_rank = 1),
reach AS (
  SELECT campaign_id_string, campaign, SUM(impressions) AS impressions, SUM(clicks) AS clicks, COUNT(DISTINCT user_id) AS user_reach
  FROM traffic GROUP BY campaign_id_string, campaign
)
SELECT 'first touch' AS attribution_model, r.campaign_id_string, r.campaign, MAX(r.impressions) AS impressions, MAX(r.clicks) AS clicks,
       MAX(r.user_reach) AS user_reach, COUNT(DISTINCT f.user_id) AS users_that_converted, COUNT(DISTINCT f.conversion_id) AS conversions,
       SUM(f.units) AS total_units_sold, SUM(f.sales) AS total_product_sales
FROM reach r LEFT JOIN first_touches f ON f.campaign_id_string = r.campaign_id_string AND f.campaign = r.campaign
GROUP BY r.campaign_id_string, r.campaign
