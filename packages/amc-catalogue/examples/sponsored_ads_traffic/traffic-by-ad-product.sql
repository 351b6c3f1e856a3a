-- title: Traffic and spend by ad product
-- answers: What do impressions, clicks and spend look like for each sponsored ad product?
SELECT
  ad_product_type,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  SUM(spend) / 100000000 AS spend,
  SUM(spend) / 100000000 / NULLIF(SUM(clicks), 0) AS cost_per_click
FROM sponsored_ads_traffic
GROUP BY ad_product_type
