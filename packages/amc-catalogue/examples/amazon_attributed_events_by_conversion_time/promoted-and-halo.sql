-- title: Promoted products and brand halo
-- answers: How much of the credited sales falls on the promoted products, and how much on others of the brand?
SELECT
  campaign,
  SUM(product_sales) AS promoted_sales,
  SUM(brand_halo_product_sales) AS halo_sales,
  SUM(brand_halo_product_sales) / NULLIF(SUM(total_product_sales), 0) AS halo_share
FROM amazon_attributed_events_by_conversion_time
GROUP BY campaign
