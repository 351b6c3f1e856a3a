-- A unit that DATE_TRUNC does not have.
-- expect: invalid 3:19-29 QUARTER
SELECT DATE_TRUNC('fortnight', click_dt_utc) AS period, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY 1
