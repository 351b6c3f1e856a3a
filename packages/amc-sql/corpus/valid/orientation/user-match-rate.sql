-- How many events carry a user id, and of what kind.
-- use case: 6
WITH events AS (
  SELECT 'dsp_impressions' AS source, user_id, user_id_type, impressions AS events FROM dsp_impressions
  UNION ALL SELECT 'sponsored_ads_traffic', user_id, user_id_type, impressions FROM sponsored_ads_traffic
  UNION ALL SELECT 'conversions', user_id, user_id_type, conversions FROM conversions
)
SELECT
  source,
  COALESCE(user_id_type, 'none') AS id_type,
  SUM(events) AS events,
  SUM(CASE WHEN user_id IS NULL THEN events ELSE 0 END) AS events_without_user,
  COUNT(DISTINCT user_id) AS distinct_users,
  1 - SUM(CASE WHEN user_id IS NULL THEN events ELSE 0 END) / NULLIF(SUM(events), 0) AS share_with_user
FROM events
GROUP BY source, COALESCE(user_id_type, 'none')
