-- title: What the ads of a period led to
-- answers: How many purchases and which sales followed the ads of this period?
SELECT
  campaign,
  SUM(total_purchases) AS purchases,
  SUM(total_product_sales) AS sales,
  COUNT(DISTINCT user_id) AS people
FROM amazon_attributed_events_by_traffic_time
GROUP BY campaign
