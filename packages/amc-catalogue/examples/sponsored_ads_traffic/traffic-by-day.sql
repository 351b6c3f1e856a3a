-- title: Traffic by day
-- answers: How do impressions, clicks and spend of a campaign go from day to day?
SELECT
  campaign,
  event_date,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  SUM(spend) / 100000000 AS spend
FROM sponsored_ads_traffic
GROUP BY campaign, event_date
