-- An array column of the source, exploded beside other columns.
-- use case: 85
WITH genres AS (
  SELECT user_id, pv_access_type, EXPLODE(pv_gti_genre) AS genre, pv_seconds_viewed
  FROM amazon_pvc_streaming_events_feed
  WHERE user_id IS NOT NULL
)
SELECT genre, pv_access_type, COUNT(DISTINCT user_id) AS viewers, ROUND(SUM(pv_seconds_viewed) / 3600, 1) AS hours
FROM genres
GROUP BY genre, pv_access_type
