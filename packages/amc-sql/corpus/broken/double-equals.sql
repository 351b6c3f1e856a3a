-- Comparison as in other languages.
-- expect: lexical 3:74-75 Write =
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE device_type == 'TV' GROUP BY campaign
