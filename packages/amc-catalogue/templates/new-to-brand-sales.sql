SELECT
  COALESCE(ad_product_type, 'amazon_dsp') AS ad_product_type,
  campaign,
  SUM(total_purchases) AS purchases,
  SUM(new_to_brand_total_purchases) AS new_to_brand_purchases,
  SUM(new_to_brand_total_purchases) / NULLIF(SUM(total_purchases), 0) AS purchases_share,
  SUM(new_to_brand_total_product_sales) AS new_to_brand_sales,
  SUM(total_product_sales) - SUM(new_to_brand_total_product_sales) AS other_sales,
  SUM(new_to_brand_total_product_sales) / NULLIF(SUM(total_product_sales), 0) AS sales_share
FROM amazon_attributed_events_by_traffic_time
WHERE campaign_id_string IN ({{campaign_ids}})
  AND total_purchases > 0
GROUP BY COALESCE(ad_product_type, 'amazon_dsp'), campaign
