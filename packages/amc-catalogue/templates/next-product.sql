WITH first_orders AS (
  SELECT user_id, tracked_asin, MIN(event_dt_hour_utc) AS order_dt
  FROM conversions
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
  GROUP BY user_id, tracked_asin
),
pairs AS (
  SELECT
    a.tracked_asin AS lead_asin,
    b.tracked_asin AS follow_up_asin,
    COUNT(DISTINCT a.user_id) AS users,
    AVG(SECONDS_BETWEEN(a.order_dt, b.order_dt) / 86400) AS average_days
  FROM first_orders a
  INNER JOIN first_orders b
    ON b.user_id = a.user_id
    AND b.tracked_asin <> a.tracked_asin
    AND b.order_dt > a.order_dt
    AND SECONDS_BETWEEN(a.order_dt, b.order_dt) <= {{max_days}} * 86400
  WHERE a.user_id IS NOT NULL
  GROUP BY a.tracked_asin, b.tracked_asin
),
ranked AS (
  SELECT
    lead_asin,
    follow_up_asin,
    users,
    average_days,
    ROW_NUMBER() OVER (PARTITION BY lead_asin ORDER BY users DESC, follow_up_asin) AS place
  FROM pairs
)
SELECT lead_asin, follow_up_asin, users, average_days, place
FROM ranked
WHERE place <= {{most_follow_ups}}
