WITH contacts AS (
  SELECT DISTINCT 'amazon_dsp' AS ad_product_type, campaign, user_id
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  UNION ALL
  SELECT DISTINCT ad_product_type, campaign, user_id
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND impressions > 0
    AND campaign_id_string IN ({{campaign_ids}})
),
acts AS (
  SELECT
    user_id,
    MAX(CASE WHEN event_dt_hour_utc < BUILT_IN_PARAMETER('TIME_WINDOW_START') THEN 1 ELSE 0 END) AS was_known,
    MAX(
      CASE
        WHEN event_dt_hour_utc >= BUILT_IN_PARAMETER('TIME_WINDOW_START') AND event_subtype = 'order' THEN 1
        ELSE 0
      END
    ) AS bought
  FROM TABLE(EXTEND_TIME_WINDOW('conversions_all', 'P60D', 'P0D'))
  WHERE user_id IS NOT NULL
    AND event_subtype IN ('detailPageView', 'shoppingCart', 'order')
  GROUP BY user_id
),
judged AS (
  SELECT
    c.ad_product_type,
    c.campaign,
    c.user_id,
    COALESCE(a.was_known, 0) AS was_known,
    COALESCE(a.bought, 0) AS bought
  FROM contacts c
  LEFT JOIN acts a
    ON a.user_id = c.user_id
),
counted AS (
  SELECT
    ad_product_type,
    campaign,
    COUNT(DISTINCT user_id) AS reach,
    COUNT(DISTINCT CASE WHEN was_known = 0 THEN user_id END) AS net_new_reach,
    COUNT(DISTINCT CASE WHEN was_known = 0 AND bought = 1 THEN user_id END) AS net_new_buyers
  FROM judged
  WHERE user_id IS NOT NULL
  GROUP BY ad_product_type, campaign
)
SELECT
  ad_product_type,
  campaign,
  reach,
  net_new_reach,
  reach - net_new_reach AS known_reach,
  net_new_reach / NULLIF(reach, 0) AS net_new_share,
  net_new_buyers
FROM counted
