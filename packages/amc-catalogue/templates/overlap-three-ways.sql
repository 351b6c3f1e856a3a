WITH exposures AS (
  SELECT user_id, 'Display' AS saw
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND creative_category = 'Display'
    AND campaign_id_string IN ({{display_campaign_ids}})
  UNION
  SELECT user_id, 'Streaming TV' AS saw
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND creative_category = 'Video'
    AND device_type IN ('TV', 'ConnectedDevice')
    AND campaign_id_string IN ({{stv_campaign_ids}})
  UNION
  SELECT user_id, 'Sponsored Products' AS saw
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND ad_product_type = 'sponsored_products'
    AND impressions > 0
    AND campaign_id_string IN ({{sp_campaign_ids}})
),
people AS (
  SELECT
    user_id,
    ARRAY_TO_STRING(ARRAY_SORT(COLLECT(saw)), ', ') AS exposure_group
  FROM exposures
  GROUP BY user_id
),
buyers AS (
  SELECT
    user_id,
    SUM(total_purchases) AS purchases,
    SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL
    AND total_purchases > 0
    AND (ad_product_type IS NULL OR ad_product_type = 'sponsored_products')
  GROUP BY user_id
),
reached AS (
  SELECT
    p.exposure_group,
    COUNT(DISTINCT p.user_id) AS unique_reach,
    COUNT(DISTINCT b.user_id) AS users_that_purchased,
    SUM(COALESCE(b.purchases, 0)) AS purchases,
    SUM(COALESCE(b.sales, 0)) AS sales
  FROM people p
  LEFT JOIN buyers b
    ON b.user_id = p.user_id
  WHERE p.user_id IS NOT NULL
  GROUP BY p.exposure_group
)
SELECT
  exposure_group,
  unique_reach,
  100.0 * unique_reach / NULLIF(SUM(unique_reach) OVER (), 0) AS percent_reach,
  users_that_purchased,
  purchases,
  sales,
  users_that_purchased / NULLIF(unique_reach, 0) AS purchase_rate
FROM reached
