-- How long after the ad they buy, in buckets with a sortable prefix.
-- use case: 38
WITH timed AS (
  SELECT campaign, total_purchases, SECONDS_BETWEEN(traffic_event_dt_utc, conversion_event_dt_utc) AS seconds
  FROM amazon_attributed_events_by_conversion_time
  WHERE total_purchases > 0
)
SELECT
  campaign,
  CASE
    WHEN seconds < 60 THEN '1 | under 1 min'
    WHEN seconds < 600 THEN '2 | 1 - 10 min'
    WHEN seconds < 3600 THEN '3 | 10 - 60 min'
    WHEN seconds < 24 * 3600 THEN '4 | 1 - 24 hours'
    WHEN seconds < 7 * 24 * 3600 THEN '5 | 1 - 7 days'
    ELSE '6 | 7 days and more'
  END AS time_to_conversion,
  SUM(total_purchases) AS purchases
FROM timed
GROUP BY campaign, time_to_conversion
