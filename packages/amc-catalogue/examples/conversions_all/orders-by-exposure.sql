-- title: Orders with and without an ad
-- answers: Which share of the orders comes from people who met an ad?
SELECT
  exposure_type,
  SUM(conversions) AS orders,
  SUM(total_product_sales) AS sales,
  COUNT(DISTINCT user_id) AS people
FROM conversions_all
WHERE event_subtype = 'order'
GROUP BY exposure_type
