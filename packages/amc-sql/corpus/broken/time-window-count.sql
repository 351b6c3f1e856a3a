-- One duration is missing.
-- expect: AMC015 3:45-91 three
SELECT campaign, SUM(clicks) AS clicks FROM TABLE(EXTEND_TIME_WINDOW('dsp_clicks', 'P28D')) GROUP BY campaign
