WITH purchases AS (
  SELECT
    EXTRACT(HOUR FROM traffic_event_dt_hour_utc) AS ad_hour,
    conversion_event_hour_utc AS purchase_hour,
    SECONDS_BETWEEN(traffic_event_dt_hour_utc, conversion_event_dt_hour_utc) / 3600 AS hours_between,
    total_purchases,
    total_product_sales
  FROM amazon_attributed_events_by_conversion_time
  WHERE total_purchases > 0
    AND campaign_id_string IN ({{campaign_ids}})
),
parts AS (
  SELECT
    CASE
      WHEN ad_hour < 6 THEN '1 night'
      WHEN ad_hour < 12 THEN '2 morning'
      WHEN ad_hour < 18 THEN '3 afternoon'
      ELSE '4 evening'
    END AS ad_part,
    CASE
      WHEN purchase_hour < 6 THEN '1 night'
      WHEN purchase_hour < 12 THEN '2 morning'
      WHEN purchase_hour < 18 THEN '3 afternoon'
      ELSE '4 evening'
    END AS purchase_part,
    hours_between,
    total_purchases,
    total_product_sales
  FROM purchases
)
SELECT
  ad_part,
  purchase_part,
  SUM(total_purchases) AS purchases,
  SUM(total_product_sales) AS sales,
  AVG(hours_between) AS average_hours_between
FROM parts
GROUP BY ad_part, purchase_part
