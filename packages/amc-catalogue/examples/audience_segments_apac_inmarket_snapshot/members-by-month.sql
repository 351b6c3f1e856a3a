-- title: Members of in-market segments by month
-- answers: How do the in-market segments of Japan grow and shrink from month to month?
SELECT
  snapshot_datetime,
  segment_name,
  COUNT(DISTINCT user_id) AS people
FROM audience_segments_apac_inmarket_snapshot
WHERE segment_marketplace_id = 6
GROUP BY snapshot_datetime, segment_name
