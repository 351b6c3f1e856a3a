-- title: Orders by product
-- answers: Which products are ordered, and what do they sell for?
SELECT
  tracked_asin,
  SUM(conversions) AS orders,
  SUM(total_units_sold) AS units,
  SUM(total_product_sales) AS sales
FROM conversions
WHERE event_subtype = 'order'
GROUP BY tracked_asin
