WITH segments AS (
  SELECT user_id, behavior_segment_name, MIN(impression_dt_utc) AS contact_dt
  FROM dsp_impressions_by_matched_segments
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{dsp_campaign_ids}})
  GROUP BY user_id, behavior_segment_name
),
ranked AS (
  SELECT
    user_id,
    behavior_segment_name,
    ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY contact_dt, behavior_segment_name) AS step
  FROM segments
),
steps AS (
  SELECT user_id, NAMED_ROW('step', step, 'segment', behavior_segment_name) AS touch
  FROM ranked
  WHERE step <= {{max_path_length}}
),
paths AS (
  SELECT user_id, ARRAY_SORT(COLLECT(touch)) AS path
  FROM steps
  GROUP BY user_id
),
buyers AS (
  SELECT
    user_id,
    MAX(CASE WHEN new_to_brand THEN 1 ELSE 0 END) AS is_new,
    SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL
    AND total_purchases > 0
  GROUP BY user_id
)
SELECT
  p.path,
  COUNT(DISTINCT p.user_id) AS path_occurrences,
  COUNT(DISTINCT b.user_id) AS users_that_purchased,
  COUNT(DISTINCT CASE WHEN b.is_new = 1 THEN b.user_id END) AS ntb_users_that_purchased,
  SUM(COALESCE(b.sales, 0)) AS sales,
  COUNT(DISTINCT b.user_id) / NULLIF(COUNT(DISTINCT p.user_id), 0) AS user_purchase_rate
FROM paths p
LEFT JOIN buyers b
  ON b.user_id = p.user_id
WHERE p.user_id IS NOT NULL
GROUP BY p.path
