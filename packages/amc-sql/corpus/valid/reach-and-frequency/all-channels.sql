-- How often one person sees us anywhere, with the shares of each channel.
-- use case: 27
WITH all_impressions AS (
  SELECT user_id, impressions, impressions AS dsp, 0 AS sponsored FROM dsp_impressions WHERE user_id IS NOT NULL
  UNION ALL
  SELECT user_id, impressions, 0 AS dsp, impressions AS sponsored FROM sponsored_ads_traffic WHERE user_id IS NOT NULL
), per_user AS (
  SELECT user_id, SUM(impressions) AS impressions, SUM(dsp) AS dsp, SUM(sponsored) AS sponsored
  FROM all_impressions GROUP BY user_id
  HAVING SUM(impressions) > 0
), buckets AS (
  SELECT IF(impressions > 25, 25, impressions) AS frequency_bucket,
         COUNT(DISTINCT user_id) AS users_in_bucket, SUM(impressions) AS impressions_in_bucket, SUM(dsp) AS dsp, SUM(sponsored) AS sponsored
  FROM per_user GROUP BY 1
)
SELECT frequency_bucket, users_in_bucket, impressions_in_bucket,
       ROUND(100.0 * dsp / NULLIF(impressions_in_bucket, 0), 2) AS share_dsp,
       ROUND(100.0 * sponsored / NULLIF(impressions_in_bucket, 0), 2) AS share_sponsored
FROM buckets
