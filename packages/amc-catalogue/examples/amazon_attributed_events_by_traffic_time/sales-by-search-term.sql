-- title: Credited sales by search term
-- answers: Which searches end in purchases?
SELECT
  customer_search_term,
  SUM(total_purchases) AS purchases,
  SUM(total_product_sales) AS sales
FROM amazon_attributed_events_by_traffic_time
WHERE customer_search_term IS NOT NULL
GROUP BY customer_search_term
HAVING SUM(total_purchases) > 0
