-- Do new customers come back: exposure and newness in one label.
-- use case: 37
WITH exposed AS (SELECT DISTINCT user_id FROM dsp_impressions WHERE user_id IS NOT NULL),
shopping AS (
  SELECT user_id,
         MAX(CASE WHEN new_to_brand THEN 'new' ELSE 'existing' END) AS customer,
         SUM(total_product_sales) AS sales, SUM(total_units_sold) AS units
  FROM conversions_all
  WHERE user_id IS NOT NULL AND event_subtype = 'order'
  GROUP BY user_id
)
SELECT (CASE WHEN e.user_id IS NULL THEN 'not exposed' ELSE 'exposed' END) || ', ' || s.customer AS user_group,
       COUNT(DISTINCT s.user_id) AS total_users, SUM(s.sales) AS total_product_sales, SUM(s.units) AS total_units_sold,
       SUM(s.sales) / NULLIF(COUNT(DISTINCT s.user_id), 0) AS sales_per_user
FROM shopping s
LEFT JOIN exposed e ON e.user_id = s.user_id
GROUP BY (CASE WHEN e.user_id IS NULL THEN 'not exposed' ELSE 'exposed' END) || ', ' || s.customer
