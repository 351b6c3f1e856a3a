-- Names in back ticks.
-- expect: lexical 3:8-17 double quotes
SELECT `campaign`, SUM(clicks) AS clicks
FROM dsp_clicks
GROUP BY 1
