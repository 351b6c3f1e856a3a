WITH views AS (
  SELECT
    store_name,
    CASE ingress_type
      WHEN '1' THEN 'Search'
      WHEN '2' THEN 'Brand line of a product page'
      WHEN '4' THEN 'Ad'
      ELSE 'Other'
    END AS source,
    visit_id,
    user_id,
    dwell_time
  FROM amazon_brand_store_page_views
  WHERE {{store_name}} = ''
    OR store_name = {{store_name}}
)
SELECT
  store_name,
  source,
  COUNT(DISTINCT visit_id) AS visits,
  COUNT(DISTINCT user_id) AS visitors,
  COUNT(*) AS page_views,
  COUNT(*) / NULLIF(COUNT(DISTINCT visit_id), 0) AS pages_per_visit,
  SUM(dwell_time) / NULLIF(COUNT(DISTINCT visit_id), 0) AS seconds_per_visit
FROM views
GROUP BY store_name, source
