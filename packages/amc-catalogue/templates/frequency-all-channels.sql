WITH events AS (
  SELECT user_id, impressions AS dsp, 0 AS sponsored
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{dsp_campaign_ids}})
  UNION ALL
  SELECT user_id, 0 AS dsp, impressions AS sponsored
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{sa_campaign_ids}})
),
people AS (
  SELECT user_id, SUM(dsp) AS dsp, SUM(dsp + sponsored) AS impressions
  FROM events
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
bucketed AS (
  SELECT user_id, dsp, impressions, LEAST(impressions, {{max_bucket}}) AS frequency_bucket
  FROM people
  WHERE impressions > 0
),
buckets AS (
  SELECT
    frequency_bucket,
    COUNT(DISTINCT user_id) AS users_in_bucket,
    SUM(impressions) AS impressions_in_bucket,
    SUM(dsp) AS dsp_in_bucket
  FROM bucketed
  WHERE user_id IS NOT NULL
  GROUP BY frequency_bucket
)
SELECT
  frequency_bucket,
  users_in_bucket,
  impressions_in_bucket,
  100.0 * users_in_bucket / NULLIF(SUM(users_in_bucket) OVER (), 0) AS reach_percentage,
  dsp_in_bucket / NULLIF(impressions_in_bucket, 0) AS share_dsp
FROM buckets
