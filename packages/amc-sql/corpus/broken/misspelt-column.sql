-- A column misspelt, in two places.
-- expect: AMC009 4:8-14 campaign
-- expect: AMC009 4:64-70 campaign
SELECT campain, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campain
