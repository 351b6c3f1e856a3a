-- Which campaigns have data, in which product, with what dates and volume.
-- use case: 1
-- declare: campaign_name_contains STRING = "Display"
SELECT
  advertiser,
  'amazon_dsp' AS ad_product_type,
  campaign_id_string,
  campaign,
  MIN(CAST(campaign_start_date AS DATE)) AS campaign_start,
  MAX(CAST(campaign_end_date AS DATE)) AS campaign_end,
  SUM(impressions) AS impressions,
  COUNT(DISTINCT user_id) AS unique_reach
FROM dsp_impressions
WHERE campaign LIKE '%{{campaign_name_contains}}%'
GROUP BY 1, 2, 3, 4
UNION ALL
SELECT
  advertiser,
  ad_product_type,
  campaign_id_string,
  campaign,
  MIN(campaign_start_date) AS campaign_start,
  MAX(campaign_end_date) AS campaign_end,
  SUM(impressions) AS impressions,
  COUNT(DISTINCT user_id) AS unique_reach
FROM sponsored_ads_traffic
WHERE campaign LIKE '%{{campaign_name_contains}}%'
GROUP BY 1, 2, 3, 4
