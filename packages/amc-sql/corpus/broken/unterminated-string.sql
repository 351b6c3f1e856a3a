-- The text is not closed.
-- expect: lexical 5:18-18 not closed
SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
WHERE campaign = 'Spring Sale
GROUP BY campaign
