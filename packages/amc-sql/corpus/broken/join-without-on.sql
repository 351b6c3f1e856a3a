-- A join without a condition.
-- expect: invalid 5:1-9 ON
SELECT i.campaign, COUNT(DISTINCT i.user_id) AS users
FROM dsp_impressions i
LEFT JOIN (SELECT user_id FROM dsp_clicks GROUP BY user_id) c
GROUP BY i.campaign
