WITH traffic AS (
  SELECT
    advertiser,
    'amazon_dsp' AS ad_product_type,
    campaign_id_string,
    campaign,
    CAST(campaign_start_date AS DATE) AS campaign_start_date,
    CAST(campaign_end_date AS DATE) AS campaign_end_date,
    user_id,
    impressions
  FROM dsp_impressions
  WHERE {{campaign_name_contains}} = ''
    OR POSITION(LOWER({{campaign_name_contains}}) IN LOWER(campaign)) > 0
  UNION ALL
  SELECT
    advertiser,
    ad_product_type,
    campaign_id_string,
    campaign,
    campaign_start_date,
    campaign_end_date,
    user_id,
    impressions
  FROM sponsored_ads_traffic
  WHERE {{campaign_name_contains}} = ''
    OR POSITION(LOWER({{campaign_name_contains}}) IN LOWER(campaign)) > 0
),
-- Delivery counts every impression, also those without a resolved user.
delivery AS (
  SELECT
    advertiser,
    ad_product_type,
    campaign_id_string,
    campaign,
    campaign_start_date,
    campaign_end_date,
    SUM(impressions) AS impressions
  FROM traffic
  GROUP BY advertiser, ad_product_type, campaign_id_string, campaign, campaign_start_date, campaign_end_date
),
reach AS (
  SELECT
    ad_product_type,
    campaign_id_string,
    COUNT(DISTINCT user_id) AS unique_reach
  FROM traffic
  WHERE user_id IS NOT NULL
    AND impressions > 0
  GROUP BY ad_product_type, campaign_id_string
)
SELECT
  d.advertiser,
  d.ad_product_type,
  d.campaign_id_string,
  d.campaign,
  d.campaign_start_date,
  d.campaign_end_date,
  d.impressions,
  COALESCE(r.unique_reach, 0) AS unique_reach
FROM delivery d
LEFT JOIN reach r
  ON r.ad_product_type = d.ad_product_type
  AND r.campaign_id_string = d.campaign_id_string
