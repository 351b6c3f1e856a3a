-- UNION ALL with nothing behind it.
-- expect: syntax 4:10 SELECT
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign
UNION ALL
