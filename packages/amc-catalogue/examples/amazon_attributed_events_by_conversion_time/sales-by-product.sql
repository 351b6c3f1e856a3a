-- title: Credited sales by product
-- answers: Which products do people buy after ads?
SELECT
  tracked_asin,
  SUM(total_units_sold) AS units,
  SUM(total_product_sales) AS sales,
  COUNT(DISTINCT user_id) AS people
FROM amazon_attributed_events_by_conversion_time
WHERE tracked_asin IS NOT NULL
GROUP BY tracked_asin
