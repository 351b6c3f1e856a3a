-- A no-break space, as copied from a web page.
-- expect: AMC019 5:6-6 plain space
SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
WHERE device_type = 'TV'
GROUP BY campaign
