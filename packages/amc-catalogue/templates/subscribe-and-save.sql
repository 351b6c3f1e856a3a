WITH people AS (
  SELECT
    user_id,
    MAX(CASE WHEN event_subtype = 'snsSubscription' THEN 1 ELSE 0 END) AS is_subscriber,
    SUM(CASE WHEN event_subtype = 'order' THEN conversions ELSE 0 END) AS orders,
    SUM(CASE WHEN event_subtype = 'order' THEN total_product_sales ELSE 0 END) AS sales
  FROM conversions_all
  WHERE user_id IS NOT NULL
    AND event_subtype IN ('order', 'snsSubscription')
    AND tracked_item IN ({{asins}})
  GROUP BY user_id
)
SELECT
  CASE WHEN is_subscriber = 1 THEN 'Subscriber' ELSE 'Other customer' END AS customer_type,
  COUNT(DISTINCT user_id) AS users,
  SUM(orders) AS orders,
  SUM(sales) AS sales,
  SUM(orders) / NULLIF(COUNT(DISTINCT user_id), 0) AS orders_per_user,
  SUM(sales) / NULLIF(COUNT(DISTINCT user_id), 0) AS sales_per_user
FROM people
WHERE user_id IS NOT NULL
GROUP BY CASE WHEN is_subscriber = 1 THEN 'Subscriber' ELSE 'Other customer' END
