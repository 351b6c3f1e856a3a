-- Daily reach, spend and sales before, during and after an event; sets of zeros fill the union.
-- use case: 16
-- custom: event_start DATE = "2026-10-13"
-- custom: event_end DATE = "2026-10-15"
WITH daily AS (
  SELECT impression_date_utc AS event_day, 'amazon_dsp' AS ad_product_type, impressions,
         total_cost / 100000 AS spend, CAST(0 AS DECIMAL(18, 4)) AS sales, 0 AS purchases, 0 AS ntb_purchases
  FROM dsp_impressions
  UNION ALL
  SELECT event_date_utc, ad_product_type, impressions, spend / 100000000, 0, 0, 0 FROM sponsored_ads_traffic
  UNION ALL
  SELECT traffic_event_date_utc, COALESCE(ad_product_type, 'amazon_dsp'), 0, 0, total_product_sales, total_purchases, new_to_brand_total_purchases
  FROM amazon_attributed_events_by_traffic_time
)
SELECT
  CASE
    WHEN event_day < CUSTOM_PARAMETER('event_start') THEN '1 before'
    WHEN event_day BETWEEN CUSTOM_PARAMETER('event_start') AND CUSTOM_PARAMETER('event_end') THEN '2 event'
    ELSE '3 after'
  END AS phase,
  event_day,
  ad_product_type,
  SUM(impressions) AS impressions,
  SUM(spend) AS spend,
  SUM(sales) AS sales,
  SUM(purchases) AS purchases,
  SUM(ntb_purchases) AS ntb_purchases,
  SUM(sales) / NULLIF(SUM(spend), 0) AS roas
FROM daily
GROUP BY 1, 2, 3
