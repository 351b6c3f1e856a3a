-- The window of the run in the output, in conditions and in arithmetic.
SELECT
  CAST(BUILT_IN_PARAMETER('TIME_WINDOW_START') AS DATE) AS window_start,
  built_in_parameter('TIME_WINDOW_END') AS window_end,
  SUM(CASE WHEN event_date_utc >= CAST(BUILT_IN_PARAMETER('TIME_WINDOW_END') AS DATE) - INTERVAL '7' DAY THEN conversions ELSE 0 END) AS last_week,
  SUM(CASE WHEN SECONDS_BETWEEN(BUILT_IN_PARAMETER('TIME_WINDOW_START'), event_dt_utc) < 3 * 86400 THEN conversions END) AS first_days
FROM conversions
GROUP BY CAST(BUILT_IN_PARAMETER('TIME_WINDOW_START') AS DATE), built_in_parameter('TIME_WINDOW_END')
