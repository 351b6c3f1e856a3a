WITH facts AS (
  SELECT
    impression_date AS ad_date,
    impression_hour AS ad_hour,
    impressions,
    total_cost / 100000 AS spend, -- millicents
    0 AS purchases,
    0 AS sales
  FROM dsp_impressions
  WHERE campaign_id_string IN ({{campaign_ids}})
  UNION ALL
  SELECT
    event_date AS ad_date,
    event_hour AS ad_hour,
    impressions,
    spend / 100000000 AS spend, -- microcents
    0 AS purchases,
    0 AS sales
  FROM sponsored_ads_traffic
  WHERE campaign_id_string IN ({{campaign_ids}})
  UNION ALL
  SELECT
    traffic_event_date AS ad_date,
    traffic_event_hour AS ad_hour,
    0 AS impressions,
    0 AS spend,
    total_purchases AS purchases,
    total_product_sales AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE campaign_id_string IN ({{campaign_ids}})
),
placed AS (
  SELECT
    CASE EXTRACT(DOW FROM ad_date)
      WHEN 1 THEN '1 Sunday'
      WHEN 2 THEN '2 Monday'
      WHEN 3 THEN '3 Tuesday'
      WHEN 4 THEN '4 Wednesday'
      WHEN 5 THEN '5 Thursday'
      WHEN 6 THEN '6 Friday'
      ELSE '7 Saturday'
    END AS weekday,
    CASE
      WHEN ad_hour < 6 THEN '1 night'
      WHEN ad_hour < 12 THEN '2 morning'
      WHEN ad_hour < 18 THEN '3 afternoon'
      ELSE '4 evening'
    END AS day_part,
    impressions,
    spend,
    purchases,
    sales
  FROM facts
)
SELECT
  weekday,
  day_part,
  SUM(impressions) AS impressions,
  SUM(spend) AS spend,
  SUM(purchases) AS purchases,
  SUM(sales) AS sales,
  SUM(sales) / NULLIF(SUM(spend), 0) AS roas
FROM placed
GROUP BY weekday, day_part
