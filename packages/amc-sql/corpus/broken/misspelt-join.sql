-- JOIN misspelt.
-- expect: syntax 5:6-9 JOIN
SELECT c.campaign, COUNT(DISTINCT c.user_id) AS users
FROM dsp_clicks c
LEFT JION conversions v ON v.user_id = c.user_id
GROUP BY c.campaign
