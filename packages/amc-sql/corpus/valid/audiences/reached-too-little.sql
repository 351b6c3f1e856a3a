-- Seen fewer times than pays; the sum is filtered outside.
-- use case: 96
SELECT user_id
FROM (
  SELECT user_id, SUM(impressions) AS seen
  FROM dsp_impressions_for_audiences
  WHERE user_id IS NOT NULL
  GROUP BY user_id
) per_user
WHERE seen BETWEEN 1 AND 3
