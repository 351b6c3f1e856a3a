WITH contacts AS (
  SELECT
    user_id,
    'amazon_dsp' AS ad_product_type,
    campaign_id_string,
    campaign,
    MIN(impression_dt_utc) AS first_contact_dt
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY user_id, campaign_id_string, campaign
  UNION ALL
  SELECT
    user_id,
    ad_product_type,
    campaign_id_string,
    campaign,
    MIN(event_dt_utc) AS first_contact_dt
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND impressions > 0
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY user_id, ad_product_type, campaign_id_string, campaign
),
ranked AS (
  SELECT
    user_id,
    ad_product_type,
    campaign_id_string,
    campaign,
    ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY first_contact_dt, campaign_id_string) AS place,
    SUM(1) OVER (PARTITION BY user_id) AS campaigns_of_person
  FROM contacts
),
counted AS (
  SELECT
    ad_product_type,
    campaign_id_string,
    campaign,
    COUNT(DISTINCT user_id) AS reach,
    COUNT(DISTINCT CASE WHEN campaigns_of_person = 1 THEN user_id END) AS exclusive_reach,
    COUNT(DISTINCT CASE WHEN place = 1 THEN user_id END) AS saw_it_first
  FROM ranked
  WHERE user_id IS NOT NULL
  GROUP BY ad_product_type, campaign_id_string, campaign
)
SELECT
  ad_product_type,
  campaign_id_string,
  campaign,
  reach,
  exclusive_reach,
  reach - exclusive_reach AS shared_reach,
  saw_it_first,
  exclusive_reach / NULLIF(reach, 0) AS exclusive_share
FROM counted
