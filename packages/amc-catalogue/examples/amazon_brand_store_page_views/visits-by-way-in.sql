-- title: Visits by way into the store
-- answers: How do people come to the store: by search, byline, ad, or otherwise?
SELECT
  ingress_type,
  COUNT(DISTINCT visit_id) AS visits,
  COUNT(DISTINCT user_id) AS people
FROM amazon_brand_store_page_views
GROUP BY ingress_type
