-- A function misspelt.
-- expect: AMC010 3:18-21 SUM
SELECT campaign, SUMM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign
