-- Subscribers against others.
-- use case: 65
WITH subscribers AS (
  SELECT DISTINCT user_id FROM conversions_all WHERE event_subtype = 'snsSubscription' AND user_id IS NOT NULL
), sales AS (
  SELECT user_id, SUM(total_product_sales) AS total_sales
  FROM conversions_all WHERE event_subtype = 'order' AND user_id IS NOT NULL
  GROUP BY user_id
)
SELECT CASE WHEN s.user_id IS NOT NULL THEN 'subscriber' ELSE 'not' END AS user_type,
       SUM(o.total_sales) AS total_sales, COUNT(DISTINCT o.user_id) AS users_that_purchased, AVG(o.total_sales) AS average_spend
FROM sales o LEFT OUTER JOIN subscribers s ON o.user_id = s.user_id
GROUP BY CASE WHEN s.user_id IS NOT NULL THEN 'subscriber' ELSE 'not' END
