-- Do TV viewers search for the brand afterwards.
-- use case: 84
-- declare: days_after INTEGER = 14
WITH exposed AS (
  SELECT user_id, IF(MAX(CASE WHEN device_type = 'TV' THEN 1 ELSE 0 END) = 1, 'TV', 'display') AS exposed_group, MIN(impression_dt_utc) AS first_seen
  FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id
), searches AS (
  SELECT user_id, event_dt_utc, conversions FROM conversions
  WHERE user_id IS NOT NULL AND event_subtype = 'searchConversion'
)
SELECT e.exposed_group, COUNT(DISTINCT e.user_id) AS users, SUM(COALESCE(s.conversions, 0)) AS branded_searches,
       1000.0 * SUM(COALESCE(s.conversions, 0)) / NULLIF(COUNT(DISTINCT e.user_id), 0) AS searches_per_1000
FROM exposed e
LEFT JOIN searches s ON s.user_id = e.user_id AND s.event_dt_utc > e.first_seen
  AND SECONDS_BETWEEN(e.first_seen, s.event_dt_utc) <= 86400 * {{days_after}}
GROUP BY e.exposed_group
