-- NOT before =.
-- expect: syntax 3:71-73 <>
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE campaign NOT = 'a' GROUP BY campaign
