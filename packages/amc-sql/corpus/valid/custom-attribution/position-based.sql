-- First and last touch weighted, the middle shared.
-- use case: 73
-- declare: first_weight DECIMAL = 0.3
-- declare: last_weight DECIMAL = 0.7
WITH touches AS (
  SELECT user_id, campaign, impression_dt_utc AS touch_dt FROM dsp_impressions WHERE user_id IS NOT NULL
), orders AS (
  SELECT conversion_id, user_id, event_dt_utc AS order_dt, total_product_sales AS sales
  FROM conversions WHERE user_id IS NOT NULL AND event_subtype = 'order'
), numbered AS (
  SELECT o.conversion_id, t.campaign, o.sales,
         ROW_NUMBER() OVER (PARTITION BY o.conversion_id ORDER BY t.touch_dt) AS first_n,
         ROW_NUMBER() OVER (PARTITION BY o.conversion_id ORDER BY t.touch_dt DESC) AS last_n
  FROM orders o INNER JOIN touches t ON t.user_id = o.user_id AND t.touch_dt < o.order_dt
), weighted AS (
  SELECT conversion_id, campaign, sales,
         CASE
           WHEN first_n = 1 AND last_n = 1 THEN 1
           WHEN first_n = 1 THEN {{first_weight}}
           WHEN last_n = 1 THEN {{last_weight}}
           ELSE 0
         END AS weight
  FROM numbered
)
SELECT campaign, SUM(weight) AS conversions, SUM(weight * sales) AS total_product_sales
FROM weighted
WHERE weight > 0
GROUP BY campaign
