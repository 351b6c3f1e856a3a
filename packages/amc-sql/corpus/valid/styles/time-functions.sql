-- Times: parts, truncation, zones, epochs, intervals, literals, comparisons of dates with times and text.
SELECT
  DATE_TRUNC('day', impression_dt_utc) AS d1, CAST(DATE_TRUNC('WEEK', impression_dt_utc) AS DATE) AS w1, DATE_TRUNC('month', impression_date_utc) AS m1,
  EXTRACT(DOW FROM impression_dt_utc) AS dow, DAYOFWEEK(impression_date_utc) AS dow2, WEEK(impression_date_utc) AS wk,
  HOUR(CONVERT_TIME_ZONE_FROM_UTC(impression_dt_utc, 'America/Los_Angeles')) AS local_hour,
  CONCAT(CAST(YEAR(impression_date_utc) AS CHAR(4)), '-', IF(MONTH(impression_date_utc) < 10, '0', ''), CAST(MONTH(impression_date_utc) AS CHAR(2))) AS ym,
  SUM(CASE WHEN impression_dt_utc + INTERVAL '2' HOUR > CAST(impression_date_utc AS TIMESTAMP) + INTERVAL '1' DAY THEN 1 ELSE 0 END) AS late,
  SUM(CASE WHEN impression_date_utc > TIMESTAMP '2026-10-10 00:00:00' THEN 1 ELSE 0 END) AS after_time,
  SUM(CASE WHEN impression_dt_utc < DATE '2026-10-10' OR impression_date_utc = '2026-10-20' THEN 1 ELSE 0 END) AS others,
  MAX(SECONDS_BETWEEN(impression_date_utc, impression_dt_utc)) AS seconds, MIN(EPOCH_TO_UTC_TIMESTAMP('1790000000')) AS epoch
FROM dsp_impressions
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
