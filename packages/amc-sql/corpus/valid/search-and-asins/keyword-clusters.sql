-- The wide table that a clustering reads afterwards.
-- use case: 55
WITH unioned AS (
  SELECT ad_product_type, LOWER(TRIM(customer_search_term)) AS term, CAST(NULL AS CHAR) AS tracked_item, impressions, clicks, 0 AS dpv, 0 AS atc, 0 AS purchases, 0 AS units, 0.0 AS sales
  FROM sponsored_ads_traffic
  WHERE customer_search_term IS NOT NULL
  UNION ALL
  SELECT ad_product_type, LOWER(TRIM(customer_search_term)), tracked_item, 0, 0, detail_page_view, add_to_cart, purchases, units_sold, product_sales
  FROM amazon_attributed_events_by_conversion_time
  WHERE customer_search_term IS NOT NULL
)
SELECT ad_product_type, term, tracked_item, SUM(impressions) AS impressions, SUM(clicks) AS clicks, SUM(dpv) AS detail_page_view,
       SUM(atc) AS add_to_cart, SUM(purchases) AS purchases, SUM(units) AS units_sold, SUM(sales) AS product_sales
FROM unioned
GROUP BY ad_product_type, term, tracked_item
