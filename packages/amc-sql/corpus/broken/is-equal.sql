-- IS in place of =.
-- expect: syntax 3:74-76 =
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE campaign IS 'x' GROUP BY campaign
