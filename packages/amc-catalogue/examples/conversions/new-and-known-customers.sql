-- title: New and known customers
-- answers: How many buyers are new to the brand?
SELECT
  marketplace_name,
  new_to_brand,
  SUM(conversions) AS orders,
  SUM(total_product_sales) AS sales,
  COUNT(DISTINCT user_id) AS people
FROM conversions
WHERE event_subtype = 'order'
GROUP BY marketplace_name, new_to_brand
