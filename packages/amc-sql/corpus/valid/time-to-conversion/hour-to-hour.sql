-- When people click at night, when do they buy.
-- use case: 40
SELECT EXTRACT(HOUR FROM traffic_event_dt_utc) AS traffic_hour,
       EXTRACT(HOUR FROM conversion_event_dt_utc) AS conversion_hour,
       SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales,
       AVG(SECONDS_BETWEEN(traffic_event_dt_utc, conversion_event_dt_utc)) / 3600 AS average_hours_between
FROM amazon_attributed_events_by_conversion_time
WHERE total_purchases > 0
GROUP BY EXTRACT(HOUR FROM traffic_event_dt_utc), EXTRACT(HOUR FROM conversion_event_dt_utc)
