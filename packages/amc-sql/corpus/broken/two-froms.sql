-- FROM stands twice.
-- expect: syntax 5:1-4 second FROM
SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
FROM dsp_impressions
GROUP BY campaign
