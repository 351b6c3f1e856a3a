-- FROM misspelt.
-- expect: syntax 3:40-43 FROM
SELECT campaign, SUM(clicks) AS clicks FORM dsp_clicks GROUP BY campaign
