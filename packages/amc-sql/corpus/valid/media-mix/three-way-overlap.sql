-- Display, Streaming TV and Sponsored Products: seven groups of people.
-- use case: 11
WITH exposures AS (
  SELECT user_id,
         CASE WHEN line_item_type = 'AAP_VIDEO_CPM' THEN 'STV' ELSE 'DISPLAY' END AS channel,
         impressions
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  UNION ALL
  SELECT user_id, 'SP' AS channel, impressions
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL AND ad_product_type = 'sponsored_products'
),
per_user AS (
  SELECT user_id, ARRAY_SORT(COLLECT(DISTINCT channel)) AS channels, SUM(impressions) AS impressions
  FROM exposures
  WHERE impressions > 0
  GROUP BY user_id
),
bought AS (
  SELECT user_id, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
  GROUP BY user_id
)
SELECT
  channels AS exposure_group,
  COUNT(DISTINCT p.user_id) AS impression_reach,
  COUNT(DISTINCT b.user_id) AS users_that_purchased,
  SUM(b.purchases) AS purchases,
  SUM(b.sales) AS sales,
  COUNT(DISTINCT b.user_id) / NULLIF(COUNT(DISTINCT p.user_id), 0) AS purchase_rate
FROM per_user p
LEFT JOIN bought b ON b.user_id = p.user_id
GROUP BY channels
