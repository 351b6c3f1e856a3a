-- title: Click-through rate by placement
-- answers: Which placements are clicked most often?
SELECT
  ad_product_type,
  placement_type,
  SUM(impressions) AS impressions,
  SUM(clicks) / NULLIF(SUM(impressions), 0) AS click_through_rate
FROM sponsored_ads_traffic
GROUP BY ad_product_type, placement_type
