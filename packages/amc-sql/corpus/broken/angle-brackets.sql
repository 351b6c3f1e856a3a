-- Text to replace, as pages write it.
-- expect: syntax 3:75-89 replace
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE campaign IN (<your campaign>) GROUP BY campaign
