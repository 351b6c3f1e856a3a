-- The ads of the window with every purchase of the 14 days after them; without the wider read, ads of the last days would
-- show quick purchases only. Hours are used because exact times need 100 people per row.
WITH purchases AS (
  SELECT
    campaign_id_string,
    campaign,
    SECONDS_BETWEEN(traffic_event_dt_hour_utc, conversion_event_dt_hour_utc) / 3600 AS hours_to_conversion,
    purchases,
    total_purchases
  FROM TABLE(EXTEND_TIME_WINDOW('amazon_attributed_events_by_conversion_time', 'P0D', 'P14D'))
  WHERE user_id IS NOT NULL
    AND total_purchases > 0
    AND campaign_id_string IN ({{campaign_ids}})
    AND traffic_event_dt_utc >= BUILT_IN_PARAMETER('TIME_WINDOW_START')
    AND traffic_event_dt_utc < BUILT_IN_PARAMETER('TIME_WINDOW_END')
),
labelled AS (
  SELECT
    campaign_id_string,
    campaign,
    CASE
      WHEN hours_to_conversion < 1 THEN '1 | under 1 hour'
      WHEN hours_to_conversion < 6 THEN '2 | 1 to 6 hours'
      WHEN hours_to_conversion < 24 THEN '3 | 6 to 24 hours'
      WHEN hours_to_conversion < 48 THEN '4 | 1 to 2 days'
      WHEN hours_to_conversion < 96 THEN '5 | 2 to 4 days'
      WHEN hours_to_conversion < 168 THEN '6 | 4 to 7 days'
      ELSE '7 | 7 to 14 days'
    END AS time_to_conversion,
    purchases,
    total_purchases
  FROM purchases
),
buckets AS (
  SELECT
    campaign_id_string,
    campaign,
    time_to_conversion,
    SUM(purchases) AS purchases,
    SUM(total_purchases) AS total_brand_purchases
  FROM labelled
  GROUP BY campaign_id_string, campaign, time_to_conversion
)
SELECT
  campaign_id_string,
  campaign,
  time_to_conversion,
  purchases,
  total_brand_purchases,
  100.0 * SUM(total_brand_purchases) OVER (PARTITION BY campaign_id_string, campaign ORDER BY time_to_conversion)
    / NULLIF(SUM(total_brand_purchases) OVER (PARTITION BY campaign_id_string, campaign), 0) AS cumulative_share
FROM buckets
