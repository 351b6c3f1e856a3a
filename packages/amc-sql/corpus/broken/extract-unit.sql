-- A unit that EXTRACT does not have.
-- expect: invalid 3:16-24 DOW
SELECT EXTRACT(DAYOFWEEK FROM click_dt_utc) AS wd, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY 1
