-- title: Visits by day of advertisers that sell elsewhere
-- answers: How many visits does a Brand Store have from day to day?
SELECT
  store_name,
  event_date_utc,
  COUNT(DISTINCT visit_id) AS visits,
  COUNT(DISTINCT user_id) AS people
FROM amazon_brand_store_page_views_non_endemic
GROUP BY store_name, event_date_utc
