WITH acts AS (
  SELECT
    user_id,
    SUM(CASE WHEN event_subtype = 'detailPageView' THEN conversions ELSE 0 END) AS page_views,
    SUM(CASE WHEN event_subtype = 'order' THEN conversions ELSE 0 END) AS orders
  FROM conversions_for_audiences
  WHERE user_id IS NOT NULL
    AND tracked_item IN ({{asins}})
  GROUP BY user_id
)
SELECT user_id
FROM acts
WHERE page_views >= {{min_views}}
  AND orders = 0
