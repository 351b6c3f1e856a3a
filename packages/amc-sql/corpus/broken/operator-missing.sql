-- Nothing stands between two columns of a condition.
-- expect: syntax 6:44-44 =
SELECT c.campaign, COUNT(DISTINCT c.user_id) AS users
FROM dsp_clicks c
INNER JOIN dsp_views v ON v.user_id = c.user_id
WHERE c.user_id IS NOT NULL AND c.campaign v.campaign
GROUP BY c.campaign
