-- An average of a sum in one step.
-- expect: AMC017 3:12-22 WITH
SELECT AVG(SUM(clicks)) AS clicks FROM dsp_clicks
