-- Do store visitors buy more than other reached people.
-- use case: 68
WITH visitors AS (SELECT user_id, SUM(dwell_time) AS dwell FROM amazon_brand_store_page_views WHERE user_id IS NOT NULL GROUP BY user_id),
ads AS (SELECT user_id, SUM(impressions) AS impressions FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id),
sales AS (SELECT user_id, SUM(total_product_sales) AS sales FROM conversions WHERE user_id IS NOT NULL AND event_subtype = 'order' GROUP BY user_id),
people AS (
  SELECT COALESCE(a.user_id, v.user_id) AS user_id,
         CASE WHEN a.user_id IS NULL THEN 'store only' WHEN v.user_id IS NULL THEN 'ad only' ELSE 'both' END AS exposure_group
  FROM ads a FULL JOIN visitors v ON v.user_id = a.user_id
)
SELECT p.exposure_group, COUNT(DISTINCT p.user_id) AS users, COUNT(DISTINCT s.user_id) AS users_that_purchased, SUM(s.sales) AS sales
FROM people p LEFT JOIN sales s ON s.user_id = p.user_id
GROUP BY p.exposure_group
