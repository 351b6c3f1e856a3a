-- Which searches trigger which keywords.
-- use case: 52
-- declare: match_types STRING[] = ["PHRASE","BROAD","EXACT"]
SELECT targeting AS keyword, customer_search_term, match_type, campaign, ad_product_type,
  SUM(impressions) AS impressions, SUM(clicks) AS clicks, SUM(spend) / 100000000 AS spend
FROM sponsored_ads_traffic
WHERE match_type IN ({{match_types}})
GROUP BY 1,2,3,4,5
