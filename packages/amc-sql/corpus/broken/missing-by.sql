-- GROUP without BY.
-- expect: syntax 5:7-14 GROUP BY
SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
GROUP campaign
