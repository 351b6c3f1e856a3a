WITH contacts AS (
  SELECT
    user_id,
    IF(creative_category = 'Video' AND device_type IN ('TV', 'ConnectedDevice'), 'Streaming TV', 'Other ads') AS met_by,
    SUM(total_cost) / 100000 AS cost -- millicents
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY
    user_id,
    IF(creative_category = 'Video' AND device_type IN ('TV', 'ConnectedDevice'), 'Streaming TV', 'Other ads')
  UNION ALL
  SELECT user_id, 'Other ads' AS met_by, SUM(spend) / 100000000 AS cost -- microcents
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY user_id
),
people AS (
  SELECT
    user_id,
    ARRAY_TO_STRING(ARRAY_SORT(COLLECT(DISTINCT met_by)), ', ') AS met_by,
    SUM(cost) AS cost
  FROM contacts
  GROUP BY user_id
),
counted AS (
  SELECT met_by, COUNT(DISTINCT user_id) AS reach, SUM(cost) AS cost
  FROM people
  WHERE user_id IS NOT NULL
  GROUP BY met_by
)
SELECT
  met_by,
  reach,
  reach / NULLIF(SUM(reach) OVER (), 0) AS share,
  cost,
  cost / NULLIF(reach, 0) AS cost_per_person
FROM counted
