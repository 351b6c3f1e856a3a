-- How much the choice of the model moves each campaign: least and greatest of the columns.
-- use case: 74
WITH touches AS (
  SELECT user_id, campaign, impression_dt_utc AS touch_dt FROM dsp_impressions WHERE user_id IS NOT NULL
  UNION ALL SELECT user_id, campaign, event_dt_utc FROM sponsored_ads_traffic WHERE user_id IS NOT NULL
), orders AS (
  SELECT conversion_id, user_id, event_dt_utc AS order_dt, CAST(total_product_sales AS DOUBLE) AS sales
  FROM conversions WHERE user_id IS NOT NULL AND event_subtype = 'order'
), numbered AS (
  SELECT t.campaign, o.sales,
         ROW_NUMBER() OVER (PARTITION BY o.conversion_id ORDER BY t.touch_dt ASC) AS first_n,
         ROW_NUMBER() OVER (PARTITION BY o.conversion_id ORDER BY t.touch_dt DESC) AS last_n,
         COUNT(t.touch_dt) OVER (PARTITION BY o.conversion_id) AS n
  FROM orders o INNER JOIN touches t ON t.user_id = o.user_id AND t.touch_dt < o.order_dt
), models AS (
  SELECT campaign,
         SUM(IF(first_n = 1, sales, 0)) AS sales_first_touch,
         SUM(IF(last_n = 1, sales, 0)) AS sales_last_touch,
         SUM(sales / NULLIF(n, 0)) AS sales_linear
  FROM numbered GROUP BY campaign
)
SELECT campaign, sales_first_touch, sales_last_touch, sales_linear,
       GREATEST(sales_first_touch, sales_last_touch, sales_linear) - LEAST(sales_first_touch, sales_last_touch, sales_linear) AS spread
FROM models
