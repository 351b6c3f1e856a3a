-- title: People by number of impressions
-- answers: How many people saw a campaign once, twice, or more often?
WITH contacts AS (
  SELECT campaign, user_id, SUM(impressions) AS impressions
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  GROUP BY campaign, user_id
)
SELECT
  campaign,
  CASE
    WHEN impressions = 1 THEN '1'
    WHEN impressions = 2 THEN '2'
    WHEN impressions <= 5 THEN '3 to 5'
    WHEN impressions <= 10 THEN '6 to 10'
    ELSE '11 and more'
  END AS impressions_seen,
  COUNT(DISTINCT user_id) AS people
FROM contacts
GROUP BY campaign, 2
