-- First, middle and last touches of every conversion, each conversion counted once.
-- use case: 23
WITH touches AS (
  SELECT user_id, campaign, impression_dt_utc AS touch_dt, total_cost / 100000 AS cost FROM dsp_impressions WHERE user_id IS NOT NULL
  UNION ALL
  SELECT user_id, campaign, event_dt_utc, spend / 100000000 FROM sponsored_ads_traffic WHERE user_id IS NOT NULL
),
orders AS (
  SELECT conversion_id, user_id, MAX(event_dt_utc) AS order_dt, MAX(total_product_sales) AS sales
  FROM conversions_with_relevance
  WHERE user_id IS NOT NULL AND event_subtype = 'order'
  GROUP BY conversion_id, user_id
),
joined AS (
  SELECT o.conversion_id, t.campaign, o.sales,
         ROW_NUMBER() OVER (PARTITION BY o.conversion_id ORDER BY t.touch_dt) AS from_start,
         ROW_NUMBER() OVER (PARTITION BY o.conversion_id ORDER BY t.touch_dt DESC) AS from_end
  FROM orders o
  INNER JOIN touches t ON t.user_id = o.user_id AND t.touch_dt <= o.order_dt AND SECONDS_BETWEEN(t.touch_dt, o.order_dt) <= 14 * 86400
)
SELECT
  campaign,
  COUNT(DISTINCT CASE WHEN from_start = 1 THEN conversion_id END) AS purchases_first_touch,
  COUNT(DISTINCT CASE WHEN from_start > 1 AND from_end > 1 THEN conversion_id END) AS purchases_middle_touch,
  COUNT(DISTINCT CASE WHEN from_end = 1 THEN conversion_id END) AS purchases_last_touch,
  SUM(CASE WHEN from_end = 1 THEN sales ELSE 0 END) AS sales_last_touch
FROM joined
GROUP BY campaign
