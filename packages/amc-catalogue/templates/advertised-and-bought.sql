WITH clicked AS (
  SELECT DISTINCT user_id, campaign_id_string, creative_asin
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND creative_asin IS NOT NULL
    AND clicks > 0
    AND campaign_id_string IN ({{sa_campaign_ids}})
    AND creative_asin IN ({{asins}})
),
bought AS (
  SELECT
    user_id,
    campaign_id_string,
    tracked_asin,
    SUM(total_purchases) AS purchases,
    SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL
    AND total_purchases > 0
    AND campaign_id_string IN ({{sa_campaign_ids}})
  GROUP BY user_id, campaign_id_string, tracked_asin
)
SELECT
  c.creative_asin AS asin_in_ad,
  b.tracked_asin AS asin_bought,
  COUNT(DISTINCT b.user_id) AS buyers,
  SUM(b.purchases) AS purchases,
  SUM(b.sales) AS sales
FROM clicked c
INNER JOIN bought b
  ON b.user_id = c.user_id
  AND b.campaign_id_string = c.campaign_id_string
WHERE c.user_id IS NOT NULL
GROUP BY c.creative_asin, b.tracked_asin
