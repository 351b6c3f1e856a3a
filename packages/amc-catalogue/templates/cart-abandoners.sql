WITH acts AS (
  SELECT
    user_id,
    MAX(CASE WHEN event_subtype = 'shoppingCart' THEN event_dt_utc END) AS cart_dt,
    MAX(CASE WHEN event_subtype = 'order' THEN event_dt_utc END) AS order_dt
  FROM conversions_for_audiences
  WHERE user_id IS NOT NULL
    AND event_subtype IN ('shoppingCart', 'order')
    AND tracked_item IN ({{asins}})
  GROUP BY user_id
)
SELECT user_id
FROM acts
WHERE cart_dt IS NOT NULL
  AND (order_dt IS NULL OR order_dt < cart_dt)
