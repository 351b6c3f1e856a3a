-- Who spends most: a rank over everyone.
-- use case: 98
WITH spend AS (
  SELECT user_id, SUM(total_product_sales) AS sales FROM conversions_for_audiences
  WHERE user_id IS NOT NULL AND event_subtype = 'order' GROUP BY user_id
), ranked AS (
  SELECT user_id, RANK() OVER (ORDER BY sales DESC) AS rk, COUNT(user_id) OVER () AS people FROM spend
)
SELECT user_id FROM ranked WHERE rk <= people * 0.2
