-- How long until the second order, by the order before in a window.
-- use case: 41
-- warns: AMC010
WITH orders AS (
  SELECT user_id, tracked_asin, event_dt_utc,
         LAG(event_dt_utc) OVER (PARTITION BY user_id ORDER BY event_dt_utc) AS order_before
  FROM conversions
  WHERE user_id IS NOT NULL AND event_subtype = 'order'
)
SELECT CEIL(SECONDS_BETWEEN(order_before, event_dt_utc) / (5 * 86400.0)) * 5 AS days_between,
       COUNT(DISTINCT user_id) AS unique_user_count
FROM orders
WHERE order_before IS NOT NULL
GROUP BY 1
