WITH buyers AS (
  SELECT user_id, MIN(conversion_event_dt_utc) AS first_purchase_dt
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL
    AND total_purchases > 0
    AND ad_product_type IS NULL
    AND campaign_id_string IN ({{dsp_campaign_ids}})
  GROUP BY user_id
),
seen AS (
  SELECT
    i.user_id,
    MAX(CASE WHEN b.first_purchase_dt IS NULL THEN 0 ELSE 1 END) AS is_buyer,
    SUM(i.impressions) AS impressions
  FROM dsp_impressions i
  LEFT JOIN buyers b
    ON b.user_id = i.user_id
  WHERE i.user_id IS NOT NULL
    AND i.campaign_id_string IN ({{dsp_campaign_ids}})
    AND (b.first_purchase_dt IS NULL OR i.impression_dt_utc <= b.first_purchase_dt)
  GROUP BY i.user_id
),
bucketed AS (
  SELECT user_id, is_buyer, LEAST(impressions, {{max_bucket}}) AS frequency_bucket
  FROM seen
),
buckets AS (
  SELECT
    frequency_bucket,
    COUNT(DISTINCT CASE WHEN is_buyer = 1 THEN user_id END) AS buyers,
    COUNT(DISTINCT CASE WHEN is_buyer = 0 THEN user_id END) AS others
  FROM bucketed
  WHERE user_id IS NOT NULL
  GROUP BY frequency_bucket
)
SELECT
  frequency_bucket,
  buyers,
  others,
  buyers / NULLIF(SUM(buyers) OVER (), 0) AS share_of_buyers
FROM buckets
