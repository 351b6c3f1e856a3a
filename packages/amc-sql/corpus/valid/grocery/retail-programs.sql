-- On which grocery channel the ad sold.
-- use case: 87
SELECT COALESCE(ad_product_type, 'DSP') AS ad_product, campaign, tracked_asin AS asin,
  CASE WHEN purchases > 0 THEN 'promoted' ELSE 'brand halo' END AS asin_promoted_or_bh,
  CONCAT(conversion_event_marketplace_name, ' / ', COALESCE(purchase_retail_program, 'Amazon.com')) AS conversion_marketplace_and_retail_program,
  COUNT(DISTINCT user_id) AS users_that_purchased, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
FROM amazon_attributed_events_by_conversion_time
WHERE total_purchases > 0
GROUP BY 1, 2, 3, 4, 5
