-- The name of a built-in parameter without quotes.
-- expect: invalid 3:27-43 'TIME_WINDOW_START'
SELECT BUILT_IN_PARAMETER(TIME_WINDOW_START) AS first_day, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY 1
