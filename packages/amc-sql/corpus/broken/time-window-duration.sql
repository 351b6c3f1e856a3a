-- A duration that is none.
-- expect: AMC015 3:84-92 28 days
SELECT campaign, SUM(clicks) AS clicks FROM TABLE(EXTEND_TIME_WINDOW('dsp_clicks', '28 days', 'P0D')) GROUP BY campaign
