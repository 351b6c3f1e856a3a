-- The same for sponsored ads; the bucket is an alias and GROUP BY uses it.
-- use case: 26
SELECT ad_product_type, LEAST(impressions, 25) AS frequency_bucket, COUNT(user_id) AS users_in_bucket, SUM(impressions) AS impressions_in_bucket
FROM (
  SELECT ad_product_type, user_id, SUM(impressions) AS impressions
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
  GROUP BY ad_product_type, user_id
)
GROUP BY ad_product_type, frequency_bucket
