-- The same without LAG: rows are numbered and joined with the next number.
-- use case: 41
-- warns: AMC038
WITH numbered AS (
  SELECT user_id, event_dt_utc, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY event_dt_utc) AS n
  FROM conversions
  WHERE user_id IS NOT NULL AND event_subtype = 'order'
),
gaps AS (
  SELECT a.user_id, SECONDS_BETWEEN(a.event_dt_utc, b.event_dt_utc) / 86400 AS days
  FROM numbered a INNER JOIN numbered b ON a.user_id = b.user_id AND b.n = a.n + 1
),
bucketed AS (
  SELECT CASE WHEN days < 1 THEN '01: within a day' WHEN days < 10 THEN '02: 1-10 days' WHEN days < 30 THEN '03: 10-30 days' ELSE '04: later' END AS time_between_purchases,
         COUNT(DISTINCT user_id) AS unique_user_count
  FROM gaps GROUP BY 1
)
SELECT time_between_purchases, unique_user_count,
       SUM(unique_user_count) OVER (ORDER BY time_between_purchases) AS cumulative_users
FROM bucketed
