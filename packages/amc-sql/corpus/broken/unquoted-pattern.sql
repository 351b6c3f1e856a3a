-- A pattern without quotes is one slip, not three.
-- expect: syntax 5:21-26 'Prime%'
SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impressions
WHERE campaign LIKE Prime% AND device_type = 'TV'
GROUP BY campaign
