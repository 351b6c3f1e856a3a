-- title: Conversions by halo code
-- answers: How close to the promoted products is what people buy?
SELECT
  halo_code,
  event_subtype,
  COUNT(DISTINCT conversion_id) AS conversions
FROM conversions_with_relevance
WHERE halo_code IS NOT NULL
GROUP BY halo_code, event_subtype
