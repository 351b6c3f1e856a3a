-- Searched these terms and did not buy.
-- use case: 92
-- declare: search_terms STRING[] = ["running shoes", "trail shoes"]
-- rows: none
SELECT DISTINCT user_id
FROM sponsored_ads_traffic_for_audiences
WHERE LOWER(customer_search_term) IN ({{search_terms}})
  AND user_id IS NOT NULL
  AND user_id NOT IN (SELECT user_id FROM conversions_for_audiences WHERE event_subtype = 'order' AND user_id IS NOT NULL)
