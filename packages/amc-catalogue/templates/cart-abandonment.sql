WITH carts AS (
  SELECT user_id, tracked_item, MIN(event_dt_hour_utc) AS cart_dt
  FROM conversions
  WHERE user_id IS NOT NULL
    AND event_subtype = 'shoppingCart'
    AND tracked_item IN ({{asins}})
  GROUP BY user_id, tracked_item
),
orders AS (
  SELECT user_id, tracked_item, event_dt_hour_utc AS order_dt
  FROM TABLE(EXTEND_TIME_WINDOW('conversions', 'P0D', 'P14D'))
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
),
outcomes AS (
  SELECT
    c.user_id,
    c.tracked_item,
    MIN(SECONDS_BETWEEN(c.cart_dt, o.order_dt)) / 3600 AS hours_to_order
  FROM carts c
  LEFT JOIN orders o
    ON o.user_id = c.user_id
    AND o.tracked_item = c.tracked_item
    AND o.order_dt >= c.cart_dt
  WHERE c.user_id IS NOT NULL
  GROUP BY c.user_id, c.tracked_item
)
SELECT
  tracked_item,
  COUNT(DISTINCT user_id) AS cart_users,
  COUNT(DISTINCT CASE WHEN hours_to_order IS NOT NULL THEN user_id END) AS ordering_users,
  COUNT(DISTINCT CASE WHEN hours_to_order IS NULL THEN user_id END) AS abandoned_users,
  COUNT(DISTINCT CASE WHEN hours_to_order IS NULL THEN user_id END) / NULLIF(COUNT(DISTINCT user_id), 0)
    AS abandonment_rate,
  MEDIAN(hours_to_order) AS median_hours_to_order
FROM outcomes
WHERE user_id IS NOT NULL
GROUP BY tracked_item
