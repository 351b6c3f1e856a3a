-- title: Campaigns that share a conversion
-- answers: How many campaigns could claim the same order?
WITH claims AS (
  SELECT conversion_id, user_id, COUNT(DISTINCT campaign_id_string) AS campaigns
  FROM conversions_with_relevance
  WHERE event_subtype = 'order' AND user_id IS NOT NULL
  GROUP BY conversion_id, user_id
)
SELECT
  campaigns,
  COUNT(DISTINCT conversion_id) AS orders,
  COUNT(DISTINCT user_id) AS people
FROM claims
GROUP BY campaigns
