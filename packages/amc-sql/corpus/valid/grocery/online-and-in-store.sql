-- Wide on purpose: one row per campaign.
-- use case: 88
SELECT campaign_id_string, campaign AS campaign_name,
  SUM(CASE WHEN conversion_event_marketplace_name = 'AMAZON.COM' AND COALESCE(purchase_retail_program, '') = '' THEN total_purchases ELSE 0 END) AS amazon_com_purchases,
  SUM(CASE WHEN conversion_event_marketplace_name = 'WHOLE_FOODS_MARKET_US' THEN total_purchases ELSE 0 END) AS whole_foods_physical_store_purchases,
  SUM(CASE WHEN conversion_event_marketplace_name = 'AMAZON.COM' AND purchase_retail_program = 'Whole Foods Market' THEN total_purchases ELSE 0 END) AS whole_foods_on_amazon_purchases,
  SUM(CASE WHEN conversion_event_marketplace_name = 'AMAZON_FRESH_STORES_US' THEN total_product_sales ELSE 0 END) AS amazon_fresh_physical_store_sales
FROM amazon_attributed_events_by_traffic_time
WHERE conversion_event_marketplace_name IN ('AMAZON.COM', 'WHOLE_FOODS_MARKET_US', 'AMAZON_FRESH_STORES_US')
GROUP BY campaign_id_string, campaign
