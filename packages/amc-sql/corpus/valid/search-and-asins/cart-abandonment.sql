-- Put in the cart and not ordered, with the median of the hours to the order.
-- use case: 64
WITH carts AS (
  SELECT user_id, tracked_item, MIN(event_dt_utc) AS cart_dt FROM conversions
  WHERE user_id IS NOT NULL AND event_subtype = 'shoppingCart' GROUP BY user_id, tracked_item
), orders AS (
  SELECT user_id, tracked_asin, MIN(event_dt_utc) AS order_dt FROM conversions
  WHERE user_id IS NOT NULL AND event_subtype = 'order' GROUP BY user_id, tracked_asin
)
SELECT c.tracked_item,
       COUNT(DISTINCT c.user_id) AS cart_users,
       COUNT(DISTINCT CASE WHEN o.user_id IS NULL THEN c.user_id END) AS abandoned_users,
       MEDIAN(SECONDS_BETWEEN(c.cart_dt, o.order_dt) / 3600.0) AS median_hours_to_order
FROM carts c
LEFT JOIN orders o ON o.user_id = c.user_id AND o.tracked_asin = c.tracked_item AND o.order_dt >= c.cart_dt
GROUP BY c.tracked_item
