-- A placeholder whose second brace is missing.
-- expect: placeholder 5:18-28 {{name}}
SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
WHERE campaign = {{campaign} AND device_type = 'TV'
GROUP BY campaign
