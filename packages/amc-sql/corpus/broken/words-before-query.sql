-- An answer with its greeting.
-- expect: syntax 3:1-4 SELECT
Here is your query: `clicks`
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign
