-- title: Conversions by engagement scope
-- answers: How many conversions are on promoted products, and how many on others of the brand?
SELECT
  campaign,
  engagement_scope,
  COUNT(DISTINCT conversion_id) AS conversions,
  COUNT(DISTINCT user_id) AS people
FROM conversions_with_relevance
GROUP BY campaign, engagement_scope
