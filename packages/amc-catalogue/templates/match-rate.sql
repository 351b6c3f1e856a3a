WITH events AS (
  SELECT 'dsp_impressions' AS source, COALESCE(user_id_type, 'none') AS user_id_type, user_id FROM dsp_impressions
  UNION ALL
  SELECT 'sponsored_ads_traffic' AS source, COALESCE(user_id_type, 'none') AS user_id_type, user_id
  FROM sponsored_ads_traffic
  UNION ALL
  SELECT 'conversions' AS source, COALESCE(user_id_type, 'none') AS user_id_type, user_id FROM conversions
),
kinds AS (
  SELECT
    source,
    user_id_type,
    COUNT(*) AS events,
    COUNT(DISTINCT user_id) AS distinct_users
  FROM events
  GROUP BY source, user_id_type
)
SELECT
  source,
  user_id_type,
  events,
  distinct_users,
  events / NULLIF(SUM(events) OVER (PARTITION BY source), 0) AS share_of_source
FROM kinds
