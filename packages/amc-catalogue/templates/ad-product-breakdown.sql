WITH traffic AS (
  SELECT
    'amazon_dsp' AS ad_product_type,
    currency_iso_code,
    user_id,
    impressions,
    0 AS clicks,
    total_cost / 100000 AS spend -- millicents
  FROM dsp_impressions
  WHERE campaign_id_string IN ({{campaign_ids}})
  UNION ALL
  SELECT
    'amazon_dsp' AS ad_product_type,
    currency_iso_code,
    user_id,
    0 AS impressions,
    clicks,
    0 AS spend
  FROM dsp_clicks
  WHERE campaign_id_string IN ({{campaign_ids}})
  UNION ALL
  SELECT
    ad_product_type,
    currency_iso_code,
    user_id,
    impressions,
    clicks,
    spend / 100000000 AS spend -- microcents
  FROM sponsored_ads_traffic
  WHERE campaign_id_string IN ({{campaign_ids}})
)
SELECT
  ad_product_type,
  currency_iso_code,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  SUM(spend) AS spend,
  COUNT(DISTINCT CASE WHEN impressions > 0 THEN user_id END) AS unique_reach,
  SUM(clicks) / NULLIF(SUM(impressions), 0) AS click_through_rate,
  1000 * SUM(spend) / NULLIF(SUM(impressions), 0) AS cpm,
  SUM(spend) / NULLIF(SUM(clicks), 0) AS cpc
FROM traffic
GROUP BY ad_product_type, currency_iso_code
