SELECT
  campaign,
  SUM(purchases) AS promoted_purchases,
  SUM(brand_halo_purchases) AS brand_halo_purchases,
  SUM(product_sales) AS promoted_sales,
  SUM(brand_halo_product_sales) AS brand_halo_sales,
  SUM(brand_halo_product_sales) / NULLIF(SUM(total_product_sales), 0) AS halo_share
FROM amazon_attributed_events_by_traffic_time
WHERE total_purchases > 0
  AND campaign_id_string IN ({{campaign_ids}})
GROUP BY campaign
