-- A text in the double quotes of a word processor: one finding, since what they should have been decides what it means.
-- expect: AMC019 5:21-24 straight
SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
WHERE device_type = “TV”
GROUP BY campaign
