-- title: New buyers for whom a campaign was relevant
-- answers: How many people who are new to the brand ordered something that a campaign promoted?
SELECT
  campaign,
  COUNT(DISTINCT conversion_id) AS orders,
  COUNT(DISTINCT user_id) AS people
FROM conversions_with_relevance
WHERE event_subtype = 'order'
  AND engagement_scope = 'PROMOTED'
  AND new_to_brand = TRUE
GROUP BY campaign
