-- WHERE misspelt.
-- expect: syntax 5:1-4 WHERE
SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
WERE campaign IS NOT NULL
GROUP BY campaign
