-- NOT behind IN.
-- expect: syntax 3:74-76 NOT IN
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE campaign IN NOT ('a', 'b') GROUP BY campaign
