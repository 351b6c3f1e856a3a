WITH purchases AS (
  SELECT
    campaign_id_string,
    campaign,
    CASE
      WHEN conversion_event_marketplace_name SIMILAR TO '^(AMAZON_FRESH_STORES|WHOLE_FOODS)' THEN 1
      ELSE 0
    END AS in_store,
    total_purchases,
    total_product_sales
  FROM amazon_attributed_events_by_conversion_time
  WHERE total_purchases > 0
    AND campaign_id_string IN ({{campaign_ids}})
)
SELECT
  campaign_id_string,
  campaign,
  SUM(CASE WHEN in_store = 0 THEN total_purchases ELSE 0 END) AS online_purchases,
  SUM(CASE WHEN in_store = 1 THEN total_purchases ELSE 0 END) AS in_store_purchases,
  SUM(CASE WHEN in_store = 0 THEN total_product_sales ELSE 0 END) AS online_sales,
  SUM(CASE WHEN in_store = 1 THEN total_product_sales ELSE 0 END) AS in_store_sales,
  SUM(CASE WHEN in_store = 1 THEN total_purchases ELSE 0 END) / NULLIF(SUM(total_purchases), 0) AS in_store_share
FROM purchases
GROUP BY campaign_id_string, campaign
