-- How many people saw the campaign once, twice, ten times.
-- use case: 25
WITH freq AS (
  SELECT advertiser, campaign, user_id, SUM(impressions) AS impressions
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  GROUP BY advertiser, campaign, user_id
)
SELECT
  advertiser,
  campaign,
  CASE WHEN impressions >= 25 THEN '25+' WHEN impressions < 10 THEN '0' || CAST(impressions AS CHAR) ELSE CAST(impressions AS CHAR) END AS frequency_bucket,
  COUNT(DISTINCT user_id) AS users_in_bucket,
  SUM(impressions) AS impressions_in_bucket
FROM freq
GROUP BY
  advertiser,
  campaign,
  CASE WHEN impressions >= 25 THEN '25+' WHEN impressions < 10 THEN '0' || CAST(impressions AS CHAR) ELSE CAST(impressions AS CHAR) END
