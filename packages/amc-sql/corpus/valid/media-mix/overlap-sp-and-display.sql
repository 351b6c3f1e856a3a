-- Shoppers who saw Sponsored Products, DSP display, or both, and how often they bought.
-- use case: 7
-- declare: dsp_campaign_ids STRING[] = []
-- declare: sa_campaign_ids STRING[] = []
WITH display_users AS (
  SELECT user_id, MIN(impression_dt_utc) AS first_seen, SUM(impressions) AS impressions
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND line_item_type IN ('AAP', 'AAP_DISPLAY', 'AAP_MOBILE', 'CLASS_I_WEB', 'CLASS_I_MOBILE_WEB', 'CLASS_I_MOBILE_APP')
    AND campaign_id_string IN {{dsp_campaign_ids}}
  GROUP BY user_id
),
sp_users AS (
  SELECT user_id, MIN(event_dt_utc) AS first_seen, SUM(impressions) AS impressions
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL AND ad_product_type = 'sponsored_products'
    AND campaign_id_string IN ({{sa_campaign_ids}})
  GROUP BY user_id
),
buyers AS (
  SELECT user_id, MAX(conversion_event_dt_utc) AS last_bought, SUM(total_purchases) AS purchases
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
  GROUP BY user_id
),
exposed AS (
  SELECT
    COALESCE(d.user_id, s.user_id) AS user_id,
    CASE
      WHEN d.user_id IS NOT NULL AND s.user_id IS NOT NULL THEN 'both'
      WHEN d.user_id IS NOT NULL THEN 'DISPLAY'
      WHEN s.user_id IS NOT NULL THEN 'SP'
      ELSE 'none'
    END AS exposure_group,
    LEAST(COALESCE(d.impressions, 0), COALESCE(s.impressions, 0)) AS fewest
  FROM display_users d
  FULL OUTER JOIN sp_users s ON d.user_id = s.user_id
)
SELECT
  e.exposure_group,
  COUNT(DISTINCT e.user_id) AS unique_reach,
  COUNT(DISTINCT b.user_id) AS users_that_purchased,
  SUM(b.purchases) AS purchases,
  COUNT(DISTINCT b.user_id) / NULLIF(COUNT(DISTINCT e.user_id), 0) AS purchase_rate
FROM exposed e
LEFT JOIN buyers b ON e.user_id = b.user_id
GROUP BY e.exposure_group
