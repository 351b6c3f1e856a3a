WITH traffic AS (
  SELECT
    customer_search_term,
    SUM(clicks) AS clicks,
    SUM(spend) / 100000000 AS spend -- microcents
  FROM sponsored_ads_traffic
  WHERE customer_search_term IS NOT NULL
    AND campaign_id_string IN ({{sa_campaign_ids}})
  GROUP BY customer_search_term
),
results AS (
  SELECT
    customer_search_term,
    SUM(total_purchases) AS purchases,
    SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE customer_search_term IS NOT NULL
    AND campaign_id_string IN ({{sa_campaign_ids}})
  GROUP BY customer_search_term
),
searches AS (
  SELECT
    t.customer_search_term,
    t.clicks,
    t.spend,
    COALESCE(r.purchases, 0) AS purchases,
    COALESCE(r.sales, 0) AS sales
  FROM traffic t
  LEFT JOIN results r
    ON r.customer_search_term = t.customer_search_term
)
SELECT
  customer_search_term,
  CASE
    WHEN purchases >= {{min_orders}} AND sales >= {{target_roas}} * spend THEN 'harvest'
    WHEN purchases = 0 AND spend >= {{min_spend}} THEN 'negate'
    ELSE 'watch'
  END AS advice,
  spend,
  clicks,
  purchases,
  sales,
  sales / NULLIF(spend, 0) AS roas
FROM searches
