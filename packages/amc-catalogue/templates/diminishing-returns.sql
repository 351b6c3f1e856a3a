WITH facts AS (
  SELECT
    'amazon_dsp' AS ad_product_type,
    DATE_TRUNC('week', impression_dt_hour_utc) AS week_start,
    impressions,
    total_cost / 100000 AS cost, -- millicents
    0 AS purchases,
    0 AS sales
  FROM dsp_impressions
  WHERE campaign_id_string IN ({{campaign_ids}})
  UNION ALL
  SELECT
    ad_product_type,
    DATE_TRUNC('week', event_dt_hour_utc) AS week_start,
    impressions,
    spend / 100000000 AS cost, -- microcents
    0 AS purchases,
    0 AS sales
  FROM sponsored_ads_traffic
  WHERE campaign_id_string IN ({{campaign_ids}})
  UNION ALL
  SELECT
    COALESCE(ad_product_type, 'amazon_dsp') AS ad_product_type,
    DATE_TRUNC('week', traffic_event_dt_hour_utc) AS week_start,
    0 AS impressions,
    0 AS cost,
    total_purchases AS purchases,
    total_product_sales AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE campaign_id_string IN ({{campaign_ids}})
)
SELECT
  ad_product_type,
  week_start,
  SUM(impressions) AS impressions,
  SUM(cost) AS cost,
  SUM(purchases) AS purchases,
  SUM(sales) AS sales,
  SUM(sales) / NULLIF(SUM(cost), 0) AS roas
FROM facts
GROUP BY ad_product_type, week_start
