-- DATEADD is not known; its unit is no column.
-- expect: AMC010 3:77-83 DATEADD
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE click_dt_utc > DATEADD(day, -7, CURRENT_DATE) GROUP BY campaign
