-- Terms for an exact campaign, and terms to block.
-- use case: 54
-- declare: min_spend DECIMAL = 10
-- declare: target_roas DECIMAL = 3
-- declare: min_orders INTEGER = 2
WITH traffic AS (
  SELECT customer_search_term, SUM(spend) / 100000000 AS spend, SUM(clicks) AS clicks
  FROM sponsored_ads_traffic WHERE customer_search_term IS NOT NULL GROUP BY customer_search_term
),
sales AS (
  SELECT customer_search_term, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_traffic_time WHERE customer_search_term IS NOT NULL GROUP BY customer_search_term
)
SELECT t.customer_search_term, t.spend, t.clicks, COALESCE(s.purchases, 0) AS purchases, COALESCE(s.sales, 0) AS sales,
  COALESCE(s.sales, 0) / NULLIF(t.spend, 0) AS roas,
  CASE
    WHEN COALESCE(s.purchases, 0) >= {{min_orders}} AND COALESCE(s.sales, 0) / NULLIF(t.spend, 0) >= {{target_roas}} THEN 'harvest'
    WHEN t.spend >= {{min_spend}} AND COALESCE(s.purchases, 0) = 0 THEN 'negate'
    ELSE 'watch'
  END AS advice
FROM traffic t
LEFT JOIN sales s ON s.customer_search_term = t.customer_search_term
