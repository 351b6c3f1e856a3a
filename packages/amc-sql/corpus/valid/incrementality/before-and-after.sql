-- Daily sales in matched areas before and after a start.
-- use case: 77
-- custom: start_date DATE = "2026-10-15"
-- custom: test_states STRING[] = ["US-CA", "US-TX"]
SELECT
  IF(ARRAY_CONTAINS(CUSTOM_PARAMETER('test_states'), iso_state_province_code), 'test', 'control') AS test_group,
  IF(conversion_event_date_utc >= CUSTOM_PARAMETER('start_date'), 'after', 'before') AS period,
  conversion_event_date_utc AS sales_day,
  SUM(total_product_sales) AS sales,
  SUM(total_units_sold) AS units
FROM amazon_attributed_events_by_conversion_time
WHERE iso_state_province_code IS NOT NULL
GROUP BY
  IF(ARRAY_CONTAINS(CUSTOM_PARAMETER('test_states'), iso_state_province_code), 'test', 'control'),
  IF(conversion_event_date_utc >= CUSTOM_PARAMETER('start_date'), 'after', 'before'),
  conversion_event_date_utc
