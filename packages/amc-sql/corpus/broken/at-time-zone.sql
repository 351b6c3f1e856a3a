-- AT TIME ZONE is not known.
-- expect: unsupported 3:39-50 CONVERT_TIME_ZONE_FROM_UTC
SELECT EXTRACT(HOUR FROM click_dt_utc AT TIME ZONE 'America/New_York') AS local_hour, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY 1
