-- The arguments of DATE_TRUNC as in BigQuery.
-- expect: AMC009 3:33-36 WEEK
SELECT DATE_TRUNC(click_dt_utc, WEEK) AS click_week, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY 1
