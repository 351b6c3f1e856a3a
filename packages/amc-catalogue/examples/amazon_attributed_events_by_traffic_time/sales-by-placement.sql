-- title: Credited sales by placement
-- answers: On which placements do the ads stand that lead to sales?
SELECT
  placement_type,
  SUM(total_purchases) AS purchases,
  SUM(total_product_sales) AS sales,
  COUNT(DISTINCT user_id) AS people
FROM amazon_attributed_events_by_traffic_time
WHERE placement_type IS NOT NULL
GROUP BY placement_type
