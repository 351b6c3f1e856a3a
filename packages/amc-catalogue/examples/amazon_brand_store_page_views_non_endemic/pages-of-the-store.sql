-- title: Pages of the store of advertisers that sell elsewhere
-- answers: Which pages of a Brand Store are seen, by how many people, and how long?
SELECT
  store_name,
  page_title,
  COUNT(DISTINCT user_id) AS people,
  AVG(dwell_time) AS mean_dwell_time
FROM amazon_brand_store_page_views_non_endemic
GROUP BY store_name, page_title
