-- Quartiles of customers from row numbers, since there is no NTILE.
-- use case: 48
-- custom: tiers INTEGER = 4
WITH spend AS (
  SELECT user_id, SUM(total_product_sales) AS sales
  FROM conversions
  WHERE user_id IS NOT NULL AND event_subtype = 'order'
  GROUP BY user_id
), ranked AS (
  SELECT user_id, sales,
         ROW_NUMBER() OVER (ORDER BY sales DESC) AS rn,
         COUNT(user_id) OVER () AS people
  FROM spend
), tiered AS (
  SELECT user_id, sales, CEIL(CUSTOM_PARAMETER('tiers') * rn * 1.0 / NULLIF(people, 0)) AS tier FROM ranked
)
SELECT CONCAT('tier ', CAST(tier AS INTEGER)) AS customer_segment, COUNT(DISTINCT user_id) AS num_users,
       AVG(sales) AS avg_total_sales, SUM(sales) AS sum_total_sales
FROM tiered
GROUP BY tier
