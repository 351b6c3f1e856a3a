-- HAVING before GROUP BY.
-- expect: syntax 6:1-5 before HAVING
SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
HAVING SUM(clicks) > 10
GROUP BY campaign
