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
stages AS (
  SELECT
    user_id,
    MAX(
      CASE event_subtype
        WHEN 'order' THEN 3
        WHEN 'shoppingCart' THEN 2
        WHEN 'detailPageView' THEN 1
        ELSE 0
      END
    ) AS stage
  FROM TABLE(EXTEND_TIME_WINDOW('conversions_all', 'P60D', 'P0D'))
  WHERE user_id IS NOT NULL
    AND event_dt_hour_utc < BUILT_IN_PARAMETER('TIME_WINDOW_START')
  GROUP BY user_id
),
placed AS (
  SELECT
    c.ad_product_type,
    c.campaign,
    c.user_id,
    CASE COALESCE(s.stage, 0)
      WHEN 3 THEN '4 buyer'
      WHEN 2 THEN '3 cart'
      WHEN 1 THEN '2 viewer'
      ELSE '1 stranger'
    END AS stage
  FROM contacts c
  LEFT JOIN stages s
    ON s.user_id = c.user_id
),
counted AS (
  SELECT ad_product_type, campaign, stage, COUNT(DISTINCT user_id) AS reach
  FROM placed
  WHERE user_id IS NOT NULL
  GROUP BY ad_product_type, campaign, stage
)
SELECT
  ad_product_type,
  campaign,
  stage,
  reach,
  reach / NULLIF(SUM(reach) OVER (PARTITION BY ad_product_type, campaign), 0) AS share_of_campaign
FROM counted
