-- Reached people who had not looked at any product for half a year.
-- use case: 31
WITH reached AS (
  SELECT user_id, SUM(impressions) AS impressions FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id
),
known AS (
  SELECT DISTINCT user_id
  FROM TABLE(EXTEND_TIME_WINDOW('conversions_all', 'P182D', 'P0D')) AS c
  WHERE user_id IS NOT NULL AND event_dt_utc < CAST(BUILT_IN_PARAMETER('TIME_WINDOW_START') AS DATE)
)
SELECT
  COUNT(DISTINCT CASE WHEN k.user_id IS NULL THEN r.user_id END) AS net_new_reach,
  SUM(CASE WHEN k.user_id IS NULL THEN r.impressions ELSE 0 END) AS net_new_impressions,
  SUM(r.impressions) AS total_impressions,
  COUNT(DISTINCT r.user_id) AS total_reach
FROM reached r
LEFT JOIN known k ON r.user_id = k.user_id
