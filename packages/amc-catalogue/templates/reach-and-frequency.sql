WITH user_frequency AS (
  SELECT
    advertiser,
    campaign_id_string,
    campaign,
    user_id,
    SUM(impressions) AS impressions
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY advertiser, campaign_id_string, campaign, user_id
),
bucketed AS (
  SELECT
    advertiser,
    campaign_id_string,
    campaign,
    LEAST(impressions, {{max_bucket}}) AS frequency_bucket,
    user_id,
    impressions
  FROM user_frequency
),
buckets AS (
  SELECT
    advertiser,
    campaign_id_string,
    campaign,
    frequency_bucket,
    COUNT(DISTINCT user_id) AS users_in_bucket,
    SUM(impressions) AS impressions_in_bucket
  FROM bucketed
  WHERE user_id IS NOT NULL
  GROUP BY advertiser, campaign_id_string, campaign, frequency_bucket
)
SELECT
  advertiser,
  campaign_id_string,
  campaign,
  frequency_bucket,
  users_in_bucket,
  impressions_in_bucket,
  100.0 * users_in_bucket
    / NULLIF(SUM(users_in_bucket) OVER (PARTITION BY advertiser, campaign_id_string, campaign), 0) AS reach_percentage
FROM buckets
