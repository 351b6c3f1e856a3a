SELECT
  campaign,
  CASE
    WHEN conversion_event_marketplace_name SIMILAR TO '^AMAZON_FRESH_STORES' THEN 'Amazon Fresh stores'
    WHEN conversion_event_marketplace_name SIMILAR TO '^WHOLE_FOODS' THEN 'Whole Foods stores'
    WHEN purchase_retail_program IS NULL THEN 'Amazon'
    ELSE CONCAT(purchase_retail_program, ' online')
  END AS channel,
  SUM(total_purchases) AS purchases,
  COUNT(DISTINCT user_id) AS users_that_purchased,
  SUM(total_product_sales) AS sales
FROM amazon_attributed_events_by_conversion_time
WHERE total_purchases > 0
  AND campaign_id_string IN ({{campaign_ids}})
  AND tracked_asin IN ({{asins}})
GROUP BY
  campaign,
  CASE
    WHEN conversion_event_marketplace_name SIMILAR TO '^AMAZON_FRESH_STORES' THEN 'Amazon Fresh stores'
    WHEN conversion_event_marketplace_name SIMILAR TO '^WHOLE_FOODS' THEN 'Whole Foods stores'
    WHEN purchase_retail_program IS NULL THEN 'Amazon'
    ELSE CONCAT(purchase_retail_program, ' online')
  END
