-- title: Targets by match type
-- answers: Which keywords and targets work under which match type?
SELECT
  campaign,
  match_type,
  targeting,
  SUM(clicks) AS clicks,
  SUM(spend) / 100000000 AS spend
FROM sponsored_ads_traffic
WHERE targeting IS NOT NULL
GROUP BY campaign, match_type, targeting
