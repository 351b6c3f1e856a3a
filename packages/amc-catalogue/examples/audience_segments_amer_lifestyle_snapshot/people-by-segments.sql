-- title: People by number of lifestyle segments
-- answers: In how many lifestyle segments is a person at once, in each snapshot?
WITH people AS (
  SELECT snapshot_datetime, user_id, COUNT(DISTINCT segment_id) AS segments
  FROM audience_segments_amer_lifestyle_snapshot
  WHERE segment_marketplace_id = 1 AND user_id IS NOT NULL
  GROUP BY snapshot_datetime, user_id
)
SELECT
  snapshot_datetime,
  segments,
  COUNT(DISTINCT user_id) AS people
FROM people
GROUP BY snapshot_datetime, segments
