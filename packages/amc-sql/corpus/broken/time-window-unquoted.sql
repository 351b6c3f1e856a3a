-- The table of EXTEND_TIME_WINDOW without quotes.
-- expect: AMC015 5:70-79 single quotes
-- expect: AMC015 5:82-83 single quotes
-- expect: AMC015 5:86-86 single quotes
SELECT campaign, SUM(clicks) AS clicks FROM TABLE(EXTEND_TIME_WINDOW(dsp_clicks, 28, 0)) GROUP BY campaign
