-- Which campaigns reach strangers, viewers and buyers of the brand.
-- use case: 80
WITH history AS (
  SELECT user_id,
         MAX(CASE WHEN event_subtype = 'order' THEN 3 WHEN event_subtype = 'shoppingCart' THEN 2 WHEN event_subtype = 'detailPageView' THEN 1 ELSE 0 END) AS stage
  FROM TABLE(EXTEND_TIME_WINDOW('conversions_all', 'P180D', 'P0D')) h
  WHERE user_id IS NOT NULL
  GROUP BY user_id
)
SELECT i.campaign,
       CASE COALESCE(h.stage, 0) WHEN 3 THEN 'buyer' WHEN 2 THEN 'cart' WHEN 1 THEN 'viewer' ELSE 'stranger' END AS user_type,
       COUNT(DISTINCT i.user_id) AS reach, SUM(i.impressions) AS impressions, SUM(i.total_cost) / 100000 AS total_cost
FROM dsp_impressions i LEFT JOIN history h ON h.user_id = i.user_id
WHERE i.user_id IS NOT NULL
GROUP BY 1, 2
