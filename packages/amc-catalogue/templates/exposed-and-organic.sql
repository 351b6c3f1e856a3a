SELECT
  exposure_type,
  COUNT(DISTINCT user_id) AS users,
  SUM(conversions) AS purchases,
  SUM(total_product_sales) AS sales,
  SUM(total_product_sales) / NULLIF(COUNT(DISTINCT user_id), 0) AS sales_per_user,
  COUNT(DISTINCT CASE WHEN new_to_brand THEN user_id END) / NULLIF(COUNT(DISTINCT user_id), 0) AS ntb_share
FROM conversions_all
WHERE event_subtype = 'order'
  AND exposure_type IN ('ad-exposed', 'non-ad-exposed')
  AND tracked_asin IN ({{asins}})
GROUP BY exposure_type
