-- Impressions, clicks and spend by ad product; DSP rows have no ad product type of their own.
-- use case: 4
WITH traffic AS (
  SELECT 'amazon_dsp' AS ad_product_type, user_id, impressions, 0 AS clicks, total_cost / 100000 AS spend
  FROM dsp_impressions
  UNION ALL
  SELECT 'amazon_dsp', user_id, 0, clicks, 0
  FROM dsp_clicks
  UNION ALL
  SELECT ad_product_type, user_id, impressions, clicks, spend / 100000000
  FROM sponsored_ads_traffic
)
SELECT
  ad_product_type,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  SUM(spend) AS spend,
  COUNT(DISTINCT user_id) AS unique_reach,
  SUM(clicks) / NULLIF(SUM(impressions), 0) AS click_through_rate,
  1000 * SUM(spend) / NULLIF(SUM(impressions), 0) AS cpm,
  SUM(spend) / NULLIF(SUM(clicks), 0) AS cpc
FROM traffic
GROUP BY ad_product_type
