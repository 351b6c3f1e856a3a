-- A WITH part hides the table of its name from there on.
WITH dsp_clicks AS (SELECT user_id, campaign, clicks FROM dsp_clicks WHERE user_id IS NOT NULL)
SELECT campaign, SUM(clicks) AS clicks, COUNT(DISTINCT user_id) AS users FROM dsp_clicks GROUP BY campaign
