WITH visitors AS (
  SELECT user_id, SUM(dwell_time) AS dwell_seconds
  FROM amazon_brand_store_page_views_for_audiences
  WHERE user_id IS NOT NULL
    AND ({{store_name}} = '' OR store_name = {{store_name}})
  GROUP BY user_id
),
buyers AS (
  SELECT DISTINCT user_id
  FROM conversions_for_audiences
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
)
SELECT v.user_id
FROM visitors v
LEFT JOIN buyers b
  ON b.user_id = v.user_id
WHERE v.user_id IS NOT NULL
  AND b.user_id IS NULL
  AND v.dwell_seconds >= {{min_dwell_seconds}}
