-- Visited the store and left.
-- use case: 106
WITH visits AS (
  SELECT user_id, SUM(dwell_time) AS dwell FROM amazon_brand_store_page_views_for_audiences WHERE user_id IS NOT NULL GROUP BY user_id
), orders AS (SELECT DISTINCT user_id FROM conversions_for_audiences WHERE event_subtype = 'order' AND user_id IS NOT NULL)
SELECT v.user_id FROM visits v LEFT JOIN orders o ON o.user_id = v.user_id WHERE o.user_id IS NULL AND v.dwell >= 10
