-- Did raising bids for an audience pay.
-- use case: 47
WITH traffic AS (
  SELECT campaign, campaign_id_string, ad_product_type, matched_behavior_segment_ids,
         SUM(impressions) AS impressions, SUM(clicks) AS clicks, SUM(spend) / 100000000 AS spend
  FROM sponsored_ads_traffic
  WHERE ad_product_type IN ('sponsored_products', 'sponsored_brands')
  GROUP BY campaign, campaign_id_string, ad_product_type, matched_behavior_segment_ids
)
SELECT campaign, campaign_id_string, ad_product_type,
       CASE WHEN matched_behavior_segment_ids IS NULL OR matched_behavior_segment_ids = '' THEN 'no audience' ELSE 'audience' END AS audience_state,
       SUM(impressions) AS impressions, SUM(clicks) AS clicks, SUM(spend) AS spend,
       SUM(clicks) / NULLIF(SUM(impressions), 0) AS ctr
FROM traffic
GROUP BY 1, 2, 3, 4
