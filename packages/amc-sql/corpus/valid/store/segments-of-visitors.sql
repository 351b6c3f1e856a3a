-- Which segments visit the store.
-- use case: 69
WITH visitors AS (
  SELECT DISTINCT user_id FROM amazon_brand_store_page_views WHERE user_id IS NOT NULL AND dwell_time >= 5
), segments AS (
  SELECT DISTINCT user_id, behavior_segment_name FROM dsp_impressions_by_matched_segments WHERE user_id IS NOT NULL
)
SELECT s.behavior_segment_name, COUNT(DISTINCT v.user_id) AS store_visitors
FROM segments s JOIN visitors v USING (user_id)
GROUP BY s.behavior_segment_name
HAVING COUNT(DISTINCT v.user_id) >= 100
