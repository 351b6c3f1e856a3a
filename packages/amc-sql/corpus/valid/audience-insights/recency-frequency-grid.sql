-- How many customers are active, sleeping or lost.
-- use case: 49
WITH customers AS (
  SELECT user_id, MAX(event_dt_utc) AS last_order, COUNT(DISTINCT conversion_id) AS orders, SUM(total_product_sales) AS sales
  FROM conversions
  WHERE user_id IS NOT NULL AND event_subtype = 'order'
  GROUP BY user_id
)
SELECT
  CASE WHEN SECONDS_BETWEEN(last_order, BUILT_IN_PARAMETER('TIME_WINDOW_END')) <= 7 * 86400 THEN '1 week'
       WHEN SECONDS_BETWEEN(last_order, BUILT_IN_PARAMETER('TIME_WINDOW_END')) <= 14 * 86400 THEN '2 weeks'
       ELSE 'longer' END AS recency_bucket,
  CASE WHEN orders = 1 THEN '1' WHEN orders <= 3 THEN '2-3' ELSE '4+' END AS frequency_bucket,
  COUNT(DISTINCT user_id) AS users,
  SUM(sales) AS sales,
  SUM(sales) / NULLIF(COUNT(DISTINCT user_id), 0) AS sales_per_user
FROM customers
GROUP BY recency_bucket, frequency_bucket
