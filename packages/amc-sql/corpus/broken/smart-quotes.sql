-- Quotes from a word processor.
-- expect: AMC019 5:21-24 straight
SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
WHERE device_type = ‘TV’
GROUP BY campaign
