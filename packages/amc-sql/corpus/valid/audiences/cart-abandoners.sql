-- In the cart and not ordered.
-- use case: 90
WITH carts AS (
  SELECT user_id, tracked_item FROM conversions_for_audiences WHERE event_subtype = 'shoppingCart' AND user_id IS NOT NULL
), orders AS (
  SELECT user_id, tracked_asin FROM conversions_for_audiences WHERE event_subtype = 'order' AND user_id IS NOT NULL
)
SELECT DISTINCT c.user_id
FROM carts c LEFT JOIN orders o ON o.user_id = c.user_id AND o.tracked_asin = c.tracked_item
WHERE o.user_id IS NULL
