-- Joins and tables in parentheses, with and without a name behind them.
-- warns: unsupported
SELECT i.campaign, COUNT(DISTINCT i.user_id) AS reach, COUNT(DISTINCT c.user_id) AS clickers
FROM (dsp_impressions) i
LEFT JOIN (dsp_clicks c INNER JOIN (dsp_views) AS v ON v.user_id = c.user_id) ON c.user_id = i.user_id
WHERE i.user_id IS NOT NULL
GROUP BY i.campaign
