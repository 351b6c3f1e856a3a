-- LIMIT as in MySQL.
-- expect: AMC022 4:80-81 OFFSET
-- expect: syntax 4:82-82
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign LIMIT 10, 20
