-- IN without parentheses.
-- expect: syntax 3:77-80 IN (
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE device_type IN 'TV' GROUP BY campaign
