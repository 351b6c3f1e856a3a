WITH customers AS (
  SELECT
    user_id,
    COUNT(DISTINCT conversion_id) AS orders,
    MAX(CASE WHEN new_to_brand THEN 1 ELSE 0 END) AS is_new,
    MAX(event_dt_utc) AS last_order_dt
  FROM conversions_for_audiences
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
  GROUP BY user_id
),
-- Audience queries do not know their window, so days count back from its last event.
newest AS (
  SELECT MAX(event_dt_utc) AS end_dt
  FROM conversions_for_audiences
),
aged AS (
  SELECT
    c.user_id,
    c.orders,
    c.is_new,
    SECONDS_BETWEEN(c.last_order_dt, n.end_dt) / 86400 AS days_ago
  FROM customers c
  CROSS JOIN newest n
  WHERE c.user_id IS NOT NULL
)
SELECT user_id
FROM aged
WHERE is_new = 1
  AND orders = 1
  AND days_ago >= {{min_days}}
  AND days_ago <= {{max_days}}
