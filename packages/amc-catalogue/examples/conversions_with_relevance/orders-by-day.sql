-- title: Orders on promoted products by day
-- answers: How do orders on the promoted products of a campaign go from day to day?
SELECT
  campaign,
  event_date,
  COUNT(DISTINCT conversion_id) AS orders,
  COUNT(DISTINCT user_id) AS people
FROM conversions_with_relevance
WHERE event_subtype = 'order' AND engagement_scope = 'PROMOTED'
GROUP BY campaign, event_date
