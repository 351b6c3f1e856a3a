-- GROUP BY a position that is not there.
-- expect: invalid 3:68-68 3
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY 1, 3
