-- SELECT misspelt.
-- expect: syntax 3:1-5 SELECT
SELCT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign
