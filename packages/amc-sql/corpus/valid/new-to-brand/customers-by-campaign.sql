-- First-time customers by campaign, with the boolean compared in three ways.
-- use case: 33
SELECT
  advertiser,
  COALESCE(ad_product_type, 'amazon_dsp') AS ad_product_type,
  campaign,
  COUNT(DISTINCT CASE WHEN total_purchases > 0 THEN user_id END) AS all_users_with_purchase,
  COUNT(DISTINCT CASE WHEN new_to_brand = TRUE AND total_purchases > 0 THEN user_id END) AS ntb_users,
  COUNT(DISTINCT CASE WHEN NOT new_to_brand AND total_purchases > 0 THEN user_id END) AS existing_users,
  COUNT(DISTINCT CASE WHEN new_to_brand IS TRUE AND total_purchases > 0 THEN user_id END)
    / NULLIF(COUNT(DISTINCT CASE WHEN total_purchases > 0 THEN user_id END), 0) AS ntb_percentage
FROM amazon_attributed_events_by_conversion_time
WHERE conversion_event_category = 'purchase'
GROUP BY advertiser, COALESCE(ad_product_type, 'amazon_dsp'), campaign
