-- Which product shown in the ad leads to which product bought.
-- use case: 61
WITH shown AS (
  SELECT user_id, creative_asin, COUNT(event_id) AS times
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL AND creative_asin IS NOT NULL AND ad_product_type IN ('sponsored_products', 'sponsored_display')
  GROUP BY user_id, creative_asin
), bought AS (
  SELECT user_id, tracked_asin, SUM(total_purchases) AS purchases
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
  GROUP BY user_id, tracked_asin
)
SELECT s.creative_asin AS asin_in_creative, b.tracked_asin AS asin_purchased,
       COUNT(DISTINCT s.user_id) AS unique_customers_exposed, SUM(b.purchases) AS total_purchases
FROM shown s LEFT JOIN bought b ON b.user_id = s.user_id
GROUP BY s.creative_asin, b.tracked_asin
