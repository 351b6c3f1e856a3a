-- Last touch: the rank is turned round, and a named window is shared.
-- use case: 71
WITH touches AS (
  SELECT user_id, campaign, impression_dt_utc AS touch_dt FROM dsp_impressions WHERE user_id IS NOT NULL
  UNION ALL
  SELECT user_id, campaign, event_dt_utc AS touch_dt FROM sponsored_ads_traffic WHERE user_id IS NOT NULL
),
orders AS (
  SELECT conversion_id, user_id, event_dt_utc AS order_dt, total_product_sales AS sales
  FROM conversions WHERE user_id IS NOT NULL AND event_subtype = 'order'
),
ranked AS (
  SELECT o.conversion_id, t.campaign, o.sales,
         ROW_NUMBER() OVER latest AS rn,
         COUNT(t.campaign) OVER (PARTITION BY o.conversion_id) AS touches
  FROM orders o JOIN touches t ON t.user_id = o.user_id AND t.touch_dt <= o.order_dt
  WINDOW latest AS (PARTITION BY o.conversion_id ORDER BY t.touch_dt DESC)
)
SELECT campaign, COUNT(DISTINCT conversion_id) AS conversions, SUM(sales) AS total_product_sales, AVG(touches) AS touches_per_order
FROM ranked
WHERE rn = 1
GROUP BY campaign
