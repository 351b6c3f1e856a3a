-- BETWEEN with a comma.
-- expect: syntax 3:78-78 AND
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE clicks BETWEEN 1, 5 GROUP BY campaign
