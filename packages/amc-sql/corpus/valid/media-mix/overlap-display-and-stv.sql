-- Does Streaming TV help display to convert; the campaigns stand in VALUES lists.
-- use case: 10
WITH
display_campaigns (campaign_id_string) AS (VALUES ('580000000000000001'), ('580000000000000002')),
stv_campaigns (campaign_id_string) AS (VALUES ('580000000000000011')),
display AS (
  SELECT i.user_id, SUM(i.impressions) AS impressions
  FROM dsp_impressions i
  INNER JOIN display_campaigns c ON i.campaign_id_string = c.campaign_id_string
  WHERE i.user_id IS NOT NULL
  GROUP BY i.user_id
),
stv AS (
  SELECT i.user_id, SUM(i.impressions) AS impressions
  FROM dsp_impressions i
  INNER JOIN stv_campaigns c ON i.campaign_id_string = c.campaign_id_string
  WHERE i.user_id IS NOT NULL
  GROUP BY i.user_id
),
sales AS (
  SELECT user_id, SUM(purchases) AS purchases
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL
  GROUP BY user_id
)
SELECT 'both' AS exposure_group, COUNT(DISTINCT d.user_id) AS unique_reach, SUM(b.purchases) AS purchases
FROM display d INNER JOIN stv s ON s.user_id = d.user_id LEFT JOIN sales b ON b.user_id = d.user_id
UNION ALL
SELECT 'display only', COUNT(DISTINCT d.user_id), SUM(b.purchases)
FROM display d LEFT JOIN stv s ON s.user_id = d.user_id LEFT JOIN sales b ON b.user_id = d.user_id
WHERE s.user_id IS NULL
UNION ALL
SELECT 'stv only', COUNT(DISTINCT s.user_id), SUM(b.purchases)
FROM stv s LEFT JOIN display d ON s.user_id = d.user_id LEFT JOIN sales b ON b.user_id = s.user_id
WHERE d.user_id IS NULL
