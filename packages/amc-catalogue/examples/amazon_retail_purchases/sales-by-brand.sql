-- title: Sales by brand and product
-- answers: What does the catalogue sell, advertised or not?
SELECT
  asin_brand,
  asin_name,
  SUM(purchase_units_sold) AS units,
  SUM(purchase_units_sold * unit_price) AS sales,
  COUNT(DISTINCT user_id) AS people
FROM amazon_retail_purchases
GROUP BY asin_brand, asin_name
