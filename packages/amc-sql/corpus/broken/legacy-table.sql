-- A table of an old example.
-- expect: AMC009 3:45-70 sponsored_ads_traffic
SELECT campaign, SUM(clicks) AS clicks FROM sponsored_products_traffic GROUP BY campaign
