-- With which term the buyer started and with which they finished.
-- use case: 24
WITH searches AS (
  SELECT user_id, customer_search_term, event_dt_utc
  FROM TABLE(EXTEND_TIME_WINDOW('sponsored_ads_traffic', 'P30D', 'P0D'))
  WHERE user_id IS NOT NULL AND customer_search_term IS NOT NULL
),
attributed AS (
  SELECT user_id, customer_search_term AS attributed_search_term, traffic_event_dt_utc, SUM(total_purchases) AS purchases
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL AND total_purchases > 0 AND customer_search_term IS NOT NULL
  GROUP BY user_id, customer_search_term, traffic_event_dt_utc
),
ranked AS (
  SELECT a.user_id, s.customer_search_term AS first_search_term, a.attributed_search_term, a.purchases,
         ROW_NUMBER() OVER (PARTITION BY a.user_id, a.attributed_search_term ORDER BY s.event_dt_utc) AS rn
  FROM attributed a
  JOIN searches s ON s.user_id = a.user_id AND s.event_dt_utc <= a.traffic_event_dt_utc
)
SELECT first_search_term, attributed_search_term, SUM(purchases) AS total_purchases
FROM ranked
WHERE rn = 1
GROUP BY first_search_term, attributed_search_term
