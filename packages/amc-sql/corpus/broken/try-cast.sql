-- TRY_CAST is not known.
-- expect: unsupported 3:8-15 CAST
SELECT TRY_CAST(campaign AS INTEGER) AS c, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY 1
