-- A WITH part has no window to widen.
-- expect: AMC015 4:70-72 WITH part
WITH c AS (SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign)
SELECT campaign, SUM(clicks) AS clicks FROM TABLE(EXTEND_TIME_WINDOW('c', 'P28D', 'P0D')) GROUP BY campaign
