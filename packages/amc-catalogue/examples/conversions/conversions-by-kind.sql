-- title: Conversions by kind
-- answers: Which kinds of conversion are there, and how many people made them?
SELECT
  event_category,
  event_subtype,
  SUM(conversions) AS conversions,
  COUNT(DISTINCT user_id) AS people
FROM conversions
GROUP BY event_category, event_subtype
