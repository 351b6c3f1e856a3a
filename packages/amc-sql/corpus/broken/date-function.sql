-- DATE(x) is not known.
-- expect: AMC010 4:8-11 CAST(x AS DATE)
-- expect: AMC010 4:88-91 CAST(x AS DATE)
SELECT DATE(click_dt_utc) AS click_day, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY DATE(click_dt_utc)
