-- A list without a value.
-- expect: syntax 3:75-75 value
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE campaign IN () GROUP BY campaign
