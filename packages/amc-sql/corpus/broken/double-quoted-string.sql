-- Text in double quotes is a name.
-- expect: AMC009 5:21-24 single quotes
SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
WHERE device_type = "TV"
GROUP BY campaign
