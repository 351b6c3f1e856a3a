-- Which targeted segments stand on the path of buyers.
-- use case: 20
-- declare: segment_ids INTEGER[] = []
WITH segment_impressions AS (
  SELECT user_id, behavior_segment_name, MIN(impression_dt_utc) AS first_dt, SUM(impressions) AS impressions
  FROM dsp_impressions_by_user_segments
  WHERE user_id IS NOT NULL AND behavior_segment_id IN ({{segment_ids}}) AND behavior_segment_matched = 1
  GROUP BY user_id, behavior_segment_name
),
ranked AS (
  SELECT user_id, behavior_segment_name, impressions,
         DENSE_RANK() OVER (PARTITION BY user_id ORDER BY first_dt) AS rk
  FROM segment_impressions
),
paths AS (
  SELECT user_id, ARRAY_SORT(COLLECT(NAMED_ROW('rk', rk, 'segment', behavior_segment_name))) AS path, SUM(impressions) AS impressions
  FROM ranked WHERE rk <= 3 GROUP BY user_id
),
buyers AS (
  SELECT user_id, SUM(total_product_sales) AS sales, SUM(new_to_brand_total_product_sales) AS ntb_sales,
         MAX(IF(new_to_brand, 1, 0)) AS ntb
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL AND total_purchases > 0 GROUP BY user_id
)
SELECT p.path, COUNT(DISTINCT p.user_id) AS path_occurrences, SUM(p.impressions) AS impressions,
       COUNT(DISTINCT b.user_id) AS users_that_purchased, SUM(b.sales) AS sales_amount,
       SUM(b.ntb) AS ntb_users_that_purchased, SUM(b.ntb_sales) AS ntb_sales_amount,
       100.0 * SUM(b.ntb) / NULLIF(COUNT(DISTINCT b.user_id), 0) AS ntb_percentage
FROM paths p LEFT JOIN buyers b ON p.user_id = b.user_id
GROUP BY p.path
