-- title: People by number of orders
-- answers: How many people order once, twice, or more often?
WITH people AS (
  SELECT user_id, COUNT(DISTINCT purchase_id) AS orders, SUM(purchase_units_sold * unit_price) AS sales
  FROM amazon_retail_purchases
  WHERE user_id IS NOT NULL
  GROUP BY user_id
)
SELECT
  CASE WHEN orders = 1 THEN '1' WHEN orders = 2 THEN '2' ELSE '3 and more' END AS orders_made,
  COUNT(DISTINCT user_id) AS people,
  SUM(sales) AS sales
FROM people
GROUP BY 1
