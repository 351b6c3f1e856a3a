-- WHERE after GROUP BY.
-- expect: syntax 6:1-5 before GROUP
SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
GROUP BY campaign
WHERE campaign IS NOT NULL
