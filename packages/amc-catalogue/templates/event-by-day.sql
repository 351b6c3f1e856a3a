WITH facts AS (
  SELECT
    impression_date_utc AS event_day,
    impressions,
    total_cost / 100000 AS spend, -- millicents
    0 AS purchases,
    0 AS ntb_purchases,
    0 AS sales
  FROM dsp_impressions
  WHERE campaign_id_string IN ({{campaign_ids}})
  UNION ALL
  SELECT
    event_date_utc AS event_day,
    impressions,
    spend / 100000000 AS spend, -- microcents
    0 AS purchases,
    0 AS ntb_purchases,
    0 AS sales
  FROM sponsored_ads_traffic
  WHERE campaign_id_string IN ({{campaign_ids}})
  UNION ALL
  SELECT
    conversion_event_date_utc AS event_day,
    0 AS impressions,
    0 AS spend,
    total_purchases AS purchases,
    new_to_brand_total_purchases AS ntb_purchases,
    total_product_sales AS sales
  FROM amazon_attributed_events_by_conversion_time
  WHERE campaign_id_string IN ({{campaign_ids}})
),
days AS (
  SELECT
    event_day,
    SECONDS_BETWEEN(BUILT_IN_PARAMETER('TIME_WINDOW_START'), CAST(event_day AS TIMESTAMP)) / 86400 AS days_in,
    impressions,
    spend,
    purchases,
    ntb_purchases,
    sales
  FROM facts
),
phased AS (
  SELECT
    event_day,
    CASE
      WHEN days_in < {{lead_in_days}} THEN '1 lead-in'
      WHEN days_in < {{lead_in_days}} + {{event_days}} THEN '2 event'
      ELSE '3 lead-out'
    END AS phase,
    impressions,
    spend,
    purchases,
    ntb_purchases,
    sales
  FROM days
)
SELECT
  event_day,
  phase,
  SUM(impressions) AS impressions,
  SUM(spend) AS spend,
  SUM(purchases) AS purchases,
  SUM(ntb_purchases) AS ntb_purchases,
  SUM(sales) AS sales
FROM phased
GROUP BY event_day, phase
