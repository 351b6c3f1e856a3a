-- title: Orders by hour
-- answers: At which hours of the day do people order, in UTC?
SELECT
  event_hour_utc,
  SUM(conversions) AS orders,
  COUNT(DISTINCT user_id) AS people
FROM conversions
WHERE event_subtype = 'order'
GROUP BY event_hour_utc
