WITH traffic AS (
  SELECT customer_search_term, SUM(impressions) AS impressions, SUM(clicks) AS clicks
  FROM sponsored_ads_traffic
  WHERE customer_search_term IS NOT NULL
  GROUP BY customer_search_term
),
results AS (
  SELECT
    customer_search_term,
    tracked_item,
    SUM(conversions) AS conversions,
    SUM(total_purchases) AS purchases,
    SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_conversion_time
  WHERE customer_search_term IS NOT NULL
    AND tracked_item NOT SIMILAR TO '^keyword'
    AND tracked_item IN ({{asins}})
  GROUP BY customer_search_term, tracked_item
)
SELECT
  r.customer_search_term,
  r.tracked_item,
  COALESCE(t.impressions, 0) AS impressions,
  COALESCE(t.clicks, 0) AS clicks,
  r.conversions,
  r.purchases,
  r.sales
FROM results r
LEFT JOIN traffic t
  ON t.customer_search_term = r.customer_search_term
WHERE r.conversions >= {{min_conversions}}
