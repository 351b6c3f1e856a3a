-- A keyword as an alias.
-- expect: syntax 3:20-24 double quotes
SELECT campaign AS group, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY 1
