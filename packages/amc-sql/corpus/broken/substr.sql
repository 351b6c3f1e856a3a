-- SUBSTR is not known.
-- expect: AMC010 3:8-13 SUBSTRING
SELECT SUBSTR(campaign, 1, 5) AS c, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY 1
