-- A table that does not exist.
-- expect: AMC009 3:70-80 dsp_clicks
SELECT campaign, SUM(clicks) AS clicks FROM TABLE(EXTEND_TIME_WINDOW('dsp_click', 'P28D', 'P0D')) GROUP BY campaign
