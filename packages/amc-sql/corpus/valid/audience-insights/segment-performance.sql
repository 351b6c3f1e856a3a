-- Which behaviour segments convert, targeted or not.
-- use case: 42
-- custom: min_impressions LONG = 1000
WITH segments AS (
  SELECT behavior_segment_name, behavior_segment_id, behavior_segment_matched, user_id,
         SUM(impressions) AS impressions, SUM(total_cost) / 100000 AS cost
  FROM dsp_impressions_by_user_segments
  WHERE user_id IS NOT NULL
  GROUP BY 1, 2, 3, 4
),
buyers AS (
  SELECT user_id, SUM(purchases) AS purchases, SUM(product_sales) AS sales
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL AND purchases > 0
  GROUP BY user_id
)
SELECT s.behavior_segment_name, s.behavior_segment_id, s.behavior_segment_matched,
       SUM(s.impressions) AS impressions, COUNT(DISTINCT s.user_id) AS reach,
       COUNT(DISTINCT b.user_id) AS users_that_purchased, SUM(b.purchases) AS purchases, SUM(b.sales) AS sales,
       COUNT(DISTINCT b.user_id) / NULLIF(COUNT(DISTINCT s.user_id), 0) AS purchase_rate
FROM segments s
LEFT JOIN buyers b ON b.user_id = s.user_id
GROUP BY s.behavior_segment_name, s.behavior_segment_id, s.behavior_segment_matched
HAVING SUM(s.impressions) >= CUSTOM_PARAMETER('min_impressions')
