-- Too many arguments.
-- expect: invalid 3:18-41 ROUND
SELECT campaign, ROUND(SUM(clicks), 1, 2) AS clicks FROM dsp_clicks GROUP BY campaign
