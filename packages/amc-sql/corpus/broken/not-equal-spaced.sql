-- An operator torn apart.
-- expect: syntax 3:74-76 Write <>
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE device_type < > 'TV' GROUP BY campaign
