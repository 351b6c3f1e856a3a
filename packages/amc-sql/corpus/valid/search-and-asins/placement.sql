-- Is top of search worth its price.
-- use case: 57
SELECT campaign, placement_type,
       SUM(impressions) AS impressions, SUM(clicks) AS clicks, SUM(spend) / 100000000.0 AS spend,
       SUM(clicks) * 1.0000 / NULLIF(SUM(impressions), 0) AS ctr,
       SUM(spend) / 100000000.0 / NULLIF(SUM(clicks), 0) AS cpc
FROM sponsored_ads_traffic
WHERE placement_type LIKE 'Top%' OR placement_type LIKE 'Detail Page%' OR placement_type = 'Other on-Amazon'
GROUP BY campaign, placement_type
