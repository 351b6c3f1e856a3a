-- A number where a condition must stand.
-- expect: invalid 3:62-67 condition
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE clicks GROUP BY campaign
