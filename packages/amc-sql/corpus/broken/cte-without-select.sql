-- WITH parts and nothing after them.
-- expect: syntax 3:85 SELECT
WITH a AS (SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign)
