-- NOT NULL without IS.
-- expect: syntax 3:71-73 IS NOT NULL
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE campaign NOT NULL GROUP BY campaign
