-- title: Credit for clicks and for views
-- answers: Which share of the credited purchases follows a click, and which a mere view?
SELECT
  ad_product_type,
  traffic_event_subtype,
  SUM(total_purchases) AS purchases,
  SUM(total_product_sales) AS sales
FROM amazon_attributed_events_by_traffic_time
GROUP BY ad_product_type, traffic_event_subtype
