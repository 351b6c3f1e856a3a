-- Reached people against those who bought without an ad.
-- use case: 45
SELECT exposure_type, COUNT(DISTINCT user_id) AS users, SUM(conversions) AS purchases, SUM(total_product_sales) AS total_product_sales,
  SUM(total_product_sales) / NULLIF(COUNT(DISTINCT user_id), 0) AS sales_per_user,
  AVG(CASE WHEN new_to_brand THEN 1.0 ELSE 0.0 END) AS ntb_share
FROM conversions_all
WHERE event_category = 'purchase' AND event_subtype = 'order' AND exposure_type IN ('ad-exposed', 'non-ad-exposed')
GROUP BY exposure_type
