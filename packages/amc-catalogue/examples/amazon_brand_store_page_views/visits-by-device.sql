-- title: Visits by device
-- answers: On which devices do people visit the store?
SELECT
  store_name,
  device_type,
  COUNT(DISTINCT visit_id) AS visits,
  COUNT(DISTINCT user_id) AS people
FROM amazon_brand_store_page_views
GROUP BY store_name, device_type
