-- Every touch counts the same: credit is a fraction.
-- use case: 72
WITH touches AS (
  SELECT user_id, campaign, impression_dt_utc AS touch_dt FROM dsp_impressions WHERE user_id IS NOT NULL
  UNION ALL SELECT user_id, campaign, event_dt_utc FROM sponsored_ads_traffic WHERE user_id IS NOT NULL
), orders AS (
  SELECT conversion_id, user_id, event_dt_utc AS order_dt, total_product_sales AS sales, total_units_sold AS units
  FROM conversions WHERE user_id IS NOT NULL AND event_subtype = 'order'
), credit AS (
  SELECT o.conversion_id, t.campaign, o.sales, o.units,
         1.0 / NULLIF(COUNT(t.touch_dt) OVER (PARTITION BY o.conversion_id), 0) AS share
  FROM orders o INNER JOIN touches t ON t.user_id = o.user_id AND t.touch_dt < o.order_dt
)
SELECT 'linear' AS attribution_model, campaign, SUM(share) AS conversions, SUM(share * units) AS total_units_sold, SUM(share * sales) AS total_product_sales
FROM credit
GROUP BY campaign
