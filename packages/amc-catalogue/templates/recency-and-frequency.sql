WITH customers AS (
  SELECT
    user_id,
    MAX(event_dt_hour_utc) AS last_order_dt,
    COUNT(DISTINCT conversion_id) AS orders,
    SUM(total_product_sales) AS sales
  FROM conversions
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
  GROUP BY user_id
),
aged AS (
  SELECT
    user_id,
    SECONDS_BETWEEN(last_order_dt, BUILT_IN_PARAMETER('TIME_WINDOW_END')) / 86400 AS days_ago,
    orders,
    sales
  FROM customers
),
placed AS (
  SELECT
    user_id,
    CASE
      WHEN days_ago <= {{recent_days}} THEN '1 recent'
      WHEN days_ago <= {{sleeping_days}} THEN '2 sleeping'
      ELSE '3 lost'
    END AS recency,
    CASE
      WHEN orders = 1 THEN '1'
      WHEN orders = 2 THEN '2'
      ELSE '3 and more'
    END AS orders,
    sales
  FROM aged
)
SELECT
  recency,
  orders,
  COUNT(DISTINCT user_id) AS users,
  SUM(sales) AS sales,
  SUM(sales) / NULLIF(COUNT(DISTINCT user_id), 0) AS sales_per_user
FROM placed
WHERE user_id IS NOT NULL
GROUP BY recency, orders
