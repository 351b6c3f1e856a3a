-- title: Credited conversions by day
-- answers: How do credited purchases and page views go from day to day?
SELECT
  conversion_event_date_utc,
  SUM(total_detail_page_view) AS detail_page_views,
  SUM(total_add_to_cart) AS carts,
  SUM(total_purchases) AS purchases,
  SUM(total_product_sales) AS sales
FROM amazon_attributed_events_by_conversion_time
GROUP BY conversion_event_date_utc
