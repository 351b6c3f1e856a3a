-- Results with 7 days in place of 14.
-- use case: 75
-- declare: window_days INTEGER = 7
SELECT advertiser, campaign,
       SUM(CASE WHEN SECONDS_BETWEEN(traffic_event_dt_utc, conversion_event_dt_utc) <= {{window_days}} * 86400 THEN total_purchases ELSE 0 END) AS purchases_in_window,
       SUM(total_purchases) AS purchases_14d,
       SUM(CASE WHEN SECONDS_BETWEEN(traffic_event_dt_utc, conversion_event_dt_utc) <= {{window_days}} * 86400 THEN total_product_sales END) AS total_product_sales_in_window
FROM amazon_attributed_events_by_traffic_time
GROUP BY advertiser, campaign
