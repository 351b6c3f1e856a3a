-- The arguments of DATE_TRUNC turned round, with the unit as text.
-- expect: invalid 3:19-30 DATE_TRUNC('unit', time)
SELECT DATE_TRUNC(click_dt_utc, 'day') AS day_of_click, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY 1
