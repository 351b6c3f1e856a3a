WITH customers AS (
  SELECT user_id, MAX(event_dt_utc) AS last_order_dt
  FROM conversions_for_audiences
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
  GROUP BY user_id
),
-- Audience queries do not know their window, so days count back from its last event.
newest AS (
  SELECT MAX(event_dt_utc) AS end_dt
  FROM conversions_for_audiences
)
SELECT c.user_id
FROM customers c
CROSS JOIN newest n
WHERE c.user_id IS NOT NULL
  AND SECONDS_BETWEEN(c.last_order_dt, n.end_dt) > {{lapsed_days}} * 86400
