WITH orders AS (
  SELECT
    user_id,
    event_dt_hour_utc,
    ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY event_dt_hour_utc) AS place
  FROM conversions_all
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
    AND tracked_asin IN ({{asins}})
),
gaps AS (
  SELECT
    a.user_id,
    SECONDS_BETWEEN(a.event_dt_hour_utc, b.event_dt_hour_utc) / 86400 AS days_between
  FROM orders a
  INNER JOIN orders b
    ON b.user_id = a.user_id
    AND b.place = a.place + 1
  WHERE a.user_id IS NOT NULL
),
bucketed AS (
  SELECT
    user_id,
    CASE
      WHEN days_between < 1 THEN '1 | under a day'
      WHEN days_between < 7 THEN '2 | 1 to 7 days'
      WHEN days_between < 14 THEN '3 | 7 to 14 days'
      WHEN days_between < 30 THEN '4 | 14 to 30 days'
      WHEN days_between < 60 THEN '5 | 30 to 60 days'
      ELSE '6 | 60 days and more'
    END AS time_between_purchases
  FROM gaps
),
buckets AS (
  SELECT
    time_between_purchases,
    COUNT(*) AS gaps,
    COUNT(DISTINCT user_id) AS users
  FROM bucketed
  WHERE user_id IS NOT NULL
  GROUP BY time_between_purchases
)
SELECT
  time_between_purchases,
  gaps,
  users,
  100.0 * SUM(gaps) OVER (ORDER BY time_between_purchases) / NULLIF(SUM(gaps) OVER (), 0) AS cumulative_percent
FROM buckets
