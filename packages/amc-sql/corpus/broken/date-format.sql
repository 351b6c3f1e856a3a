-- DATE_FORMAT is not known.
-- expect: AMC010 3:8-18 EXTRACT
SELECT DATE_FORMAT(click_dt_utc, '%Y-%m') AS click_month, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY 1
