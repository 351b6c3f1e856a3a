-- title: Members of lifestyle segments by month
-- answers: How do the lifestyle segments of the United Kingdom grow and shrink from month to month?
SELECT
  snapshot_datetime,
  segment_name,
  COUNT(DISTINCT user_id) AS people
FROM audience_segments_eu_lifestyle_snapshot
WHERE segment_marketplace_id = 3
GROUP BY snapshot_datetime, segment_name
