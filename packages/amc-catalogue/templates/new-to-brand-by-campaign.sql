WITH buyers AS (
  SELECT
    advertiser,
    COALESCE(ad_product_type, 'amazon_dsp') AS ad_product_type,
    campaign_id_string,
    campaign,
    user_id,
    SUM(new_to_brand_total_purchases) AS ntb_purchases
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL
    AND total_purchases > 0
    AND campaign_id_string IN ({{campaign_ids}})
    AND tracked_asin IN ({{asins}})
  GROUP BY advertiser, COALESCE(ad_product_type, 'amazon_dsp'), campaign_id_string, campaign, user_id
)
SELECT
  advertiser,
  ad_product_type,
  campaign_id_string,
  campaign,
  COUNT(DISTINCT user_id) AS all_users_with_purchase,
  COUNT(DISTINCT CASE WHEN ntb_purchases > 0 THEN user_id END) AS ntb_users,
  100.0 * COUNT(DISTINCT CASE WHEN ntb_purchases > 0 THEN user_id END)
    / NULLIF(COUNT(DISTINCT user_id), 0) AS ntb_percentage
FROM buyers
WHERE user_id IS NOT NULL
GROUP BY advertiser, ad_product_type, campaign_id_string, campaign
