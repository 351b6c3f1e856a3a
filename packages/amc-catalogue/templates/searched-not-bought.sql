WITH searchers AS (
  SELECT DISTINCT user_id
  FROM sponsored_ads_traffic_for_audiences
  WHERE user_id IS NOT NULL
    AND customer_search_term IS NOT NULL
    AND LOWER(customer_search_term) IN ({{search_terms}})
),
buyers AS (
  SELECT DISTINCT user_id
  FROM conversions_for_audiences
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
)
SELECT s.user_id
FROM searchers s
LEFT JOIN buyers b
  ON b.user_id = s.user_id
WHERE s.user_id IS NOT NULL
  AND b.user_id IS NULL
