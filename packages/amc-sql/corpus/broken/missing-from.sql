-- FROM was forgotten.
-- expect: syntax 4:1-10 FROM is missing
SELECT campaign, SUM(clicks) AS clicks
dsp_clicks
GROUP BY campaign
