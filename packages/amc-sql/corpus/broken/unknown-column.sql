-- A column of the advertising reports.
-- expect: AMC009 4:8-11 cost
SELECT campaign,
   SUM(cost) AS spend
FROM sponsored_ads_traffic
GROUP BY campaign
