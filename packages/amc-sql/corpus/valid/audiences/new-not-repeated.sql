-- Bought once, for the first time, some days ago.
-- use case: 99
WITH orders AS (
  SELECT user_id, COUNT(DISTINCT conversion_id) AS orders, MAX(event_dt_utc) AS last_order, MAX(IF(new_to_brand, 1, 0)) AS is_new
  FROM conversions_for_audiences
  WHERE user_id IS NOT NULL AND event_subtype = 'order'
  GROUP BY user_id
), latest AS (
  SELECT MAX(event_dt_utc) AS until_dt FROM conversions_for_audiences
)
SELECT o.user_id
FROM orders o CROSS JOIN latest l
WHERE o.orders = 1 AND o.is_new = 1 AND SECONDS_BETWEEN(o.last_order, l.until_dt) BETWEEN 5 * 86400 AND 30 * 86400
