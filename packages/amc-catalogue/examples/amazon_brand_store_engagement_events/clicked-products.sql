-- title: Products that are clicked in the store
-- answers: Which products in a Brand Store do people click?
SELECT
  asin,
  COUNT(DISTINCT session_id) AS sessions,
  COUNT(DISTINCT user_id) AS people
FROM amazon_brand_store_engagement_events
WHERE event_type = 'CLICK' AND asin IS NOT NULL
GROUP BY asin
