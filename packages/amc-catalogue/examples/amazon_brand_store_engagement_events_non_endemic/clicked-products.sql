-- title: Products that are clicked in the store of advertisers that sell elsewhere
-- answers: Which products in a Brand Store do people click?
SELECT
  asin,
  COUNT(DISTINCT session_id) AS sessions,
  COUNT(DISTINCT user_id) AS people
FROM amazon_brand_store_engagement_events_non_endemic
WHERE event_type = 'CLICK' AND asin IS NOT NULL
GROUP BY asin
