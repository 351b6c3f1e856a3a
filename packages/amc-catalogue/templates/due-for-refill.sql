WITH owners AS (
  SELECT user_id, MAX(event_dt_utc) AS last_order_dt
  FROM conversions_for_audiences
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
    AND tracked_asin IN ({{asins}})
  GROUP BY user_id
),
-- Audience queries do not know their window, so days count back from its last event.
newest AS (
  SELECT MAX(event_dt_utc) AS end_dt
  FROM conversions_for_audiences
)
SELECT o.user_id
FROM owners o
CROSS JOIN newest n
WHERE o.user_id IS NOT NULL
  AND SECONDS_BETWEEN(o.last_order_dt, n.end_dt) >= {{min_days}} * 86400
  AND SECONDS_BETWEEN(o.last_order_dt, n.end_dt) <= {{max_days}} * 86400
