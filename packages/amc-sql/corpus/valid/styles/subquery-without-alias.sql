-- A query in FROM without a name, inside another one.
SELECT frequency, COUNT(user_id) AS users
FROM (
  SELECT user_id, impressions AS frequency
  FROM (SELECT user_id, SUM(impressions) AS impressions FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id)
  WHERE impressions < 50
)
GROUP BY frequency
