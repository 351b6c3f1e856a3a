-- title: Search terms with clicks
-- answers: Which search terms of shoppers lead to clicks?
SELECT
  customer_search_term,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  COUNT(DISTINCT user_id) AS people
FROM sponsored_ads_traffic
WHERE customer_search_term IS NOT NULL
GROUP BY customer_search_term
HAVING SUM(clicks) > 0
