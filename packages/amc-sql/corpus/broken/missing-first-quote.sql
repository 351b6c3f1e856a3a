-- The first quote of a text is missing.
-- expect: syntax 4:21-22 quote before TV
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks
WHERE device_type = TV'
GROUP BY campaign
