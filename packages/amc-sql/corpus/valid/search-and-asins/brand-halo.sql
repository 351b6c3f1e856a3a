-- How much of the sale goes to products that were not advertised.
-- use case: 63
SELECT campaign,
  SUM(purchases) AS promoted_purchases, SUM(brand_halo_purchases) AS brand_halo_purchases,
  SUM(product_sales) AS promoted_sales, SUM(brand_halo_product_sales) AS brand_halo_sales,
  SUM(brand_halo_product_sales) / NULLIF(SUM(product_sales) + SUM(brand_halo_product_sales), 0) AS halo_share
FROM amazon_attributed_events_by_traffic_time
GROUP BY campaign
