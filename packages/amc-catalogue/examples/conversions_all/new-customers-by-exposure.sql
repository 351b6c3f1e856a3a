-- title: New customers with and without an ad
-- answers: Are buyers who met an ad new to the brand more often?
SELECT
  exposure_type,
  new_to_brand,
  COUNT(DISTINCT user_id) AS people,
  SUM(total_product_sales) AS sales
FROM conversions_all
WHERE event_subtype = 'order'
GROUP BY exposure_type, new_to_brand
