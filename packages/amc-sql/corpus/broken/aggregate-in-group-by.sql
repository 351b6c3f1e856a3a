-- GROUP BY the position of a sum.
-- expect: AMC017 3:68-68 GROUP BY
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY 1, 2
