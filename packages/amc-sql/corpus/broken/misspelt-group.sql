-- GROUP misspelt.
-- expect: syntax 5:1-5 GROUP
SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
GRUOP BY campaign
