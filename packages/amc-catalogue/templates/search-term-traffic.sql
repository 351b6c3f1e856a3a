SELECT
  targeting AS keyword,
  customer_search_term,
  match_type,
  campaign,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  SUM(spend) / 100000000 AS spend, -- microcents
  SUM(clicks) / NULLIF(SUM(impressions), 0) AS click_through_rate
FROM sponsored_ads_traffic
WHERE customer_search_term IS NOT NULL
  AND campaign_id_string IN ({{sa_campaign_ids}})
  AND match_type IN ({{match_types}})
GROUP BY targeting, customer_search_term, match_type, campaign
