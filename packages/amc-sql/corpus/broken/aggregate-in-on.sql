-- A sum in the condition of a join.
-- expect: AMC017 6:32-49 ON
SELECT i.campaign, COUNT(DISTINCT i.user_id) AS users
FROM dsp_impressions i
INNER JOIN (SELECT user_id FROM dsp_clicks WHERE user_id IS NOT NULL GROUP BY user_id) c
  ON c.user_id = i.user_id AND SUM(i.impressions) > 1
WHERE i.user_id IS NOT NULL
GROUP BY i.campaign
