WITH exposed AS (
  SELECT
    behavior_segment_name,
    user_id,
    MAX(behavior_segment_matched) AS was_targeted,
    SUM(impressions) AS impressions
  FROM dsp_impressions_by_user_segments
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{dsp_campaign_ids}})
  GROUP BY behavior_segment_name, user_id
),
buyers AS (
  SELECT user_id, SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL
    AND total_purchases > 0
  GROUP BY user_id
)
SELECT
  e.behavior_segment_name,
  MAX(e.was_targeted) AS was_targeted,
  SUM(e.impressions) AS impressions,
  COUNT(DISTINCT e.user_id) AS reach,
  COUNT(DISTINCT b.user_id) AS users_that_purchased,
  SUM(COALESCE(b.sales, 0)) AS sales,
  COUNT(DISTINCT b.user_id) / NULLIF(COUNT(DISTINCT e.user_id), 0) AS purchase_rate
FROM exposed e
LEFT JOIN buyers b
  ON b.user_id = e.user_id
WHERE e.user_id IS NOT NULL
GROUP BY e.behavior_segment_name
HAVING SUM(e.impressions) >= {{min_impressions}}
