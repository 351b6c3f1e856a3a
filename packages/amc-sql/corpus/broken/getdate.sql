-- GETDATE is not known.
-- expect: AMC010 3:77-83 CURRENT_DATE
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE click_dt_utc > GETDATE() GROUP BY campaign
