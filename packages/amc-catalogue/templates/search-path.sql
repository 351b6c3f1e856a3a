WITH searches AS (
  SELECT
    user_id,
    customer_search_term,
    ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY event_dt_utc, customer_search_term) AS place
  FROM TABLE(EXTEND_TIME_WINDOW('sponsored_ads_traffic', 'P14D', 'P0D'))
  WHERE user_id IS NOT NULL
    AND customer_search_term IS NOT NULL
    AND campaign_id_string IN ({{sa_campaign_ids}})
),
first_searches AS (
  SELECT user_id, MAX(CASE WHEN place = 1 THEN customer_search_term END) AS first_search_term
  FROM searches
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
purchases AS (
  SELECT user_id, customer_search_term, SUM(total_purchases) AS total_purchases
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL
    AND customer_search_term IS NOT NULL
    AND total_purchases > 0
    AND campaign_id_string IN ({{sa_campaign_ids}})
  GROUP BY user_id, customer_search_term
)
SELECT
  s.first_search_term,
  p.customer_search_term AS attributed_search_term,
  SUM(p.total_purchases) AS total_purchases,
  COUNT(DISTINCT p.user_id) AS users
FROM purchases p
INNER JOIN first_searches s
  ON s.user_id = p.user_id
WHERE p.user_id IS NOT NULL
GROUP BY s.first_search_term, p.customer_search_term
