-- title: Products that are clicked during broadcasts
-- answers: Which products in the carousel draw clicks?
SELECT
  creative_asin,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  SUM(clicks) / NULLIF(SUM(impressions), 0) AS click_through_rate
FROM amazon_live_traffic
GROUP BY creative_asin
