WITH frequencies AS (
  SELECT ad_product_type, user_id, SUM(impressions) AS impressions
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{sa_campaign_ids}})
    AND ad_product_type IN ({{ad_products}})
  GROUP BY ad_product_type, user_id
),
bucketed AS (
  SELECT ad_product_type, user_id, impressions, LEAST(impressions, {{max_bucket}}) AS frequency_bucket
  FROM frequencies
  WHERE impressions > 0
),
buckets AS (
  SELECT
    ad_product_type,
    frequency_bucket,
    COUNT(DISTINCT user_id) AS users_in_bucket,
    SUM(impressions) AS impressions_in_bucket
  FROM bucketed
  WHERE user_id IS NOT NULL
  GROUP BY ad_product_type, frequency_bucket
)
SELECT
  ad_product_type,
  frequency_bucket,
  users_in_bucket,
  impressions_in_bucket,
  100.0 * users_in_bucket / NULLIF(SUM(users_in_bucket) OVER (PARTITION BY ad_product_type), 0) AS reach_percentage
FROM buckets
