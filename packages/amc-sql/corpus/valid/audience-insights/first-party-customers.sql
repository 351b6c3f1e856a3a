-- How much of the reach goes to people whom we already know.
-- use case: 46
WITH known AS (SELECT user_id, MAX(tier) AS tier FROM crm_customers WHERE user_id IS NOT NULL GROUP BY user_id),
traffic AS (
  SELECT user_id, 'DSP' AS ad_product_type, impressions, total_cost / 100000 AS spend FROM dsp_impressions WHERE user_id IS NOT NULL
  UNION ALL
  SELECT user_id, ad_product_type, impressions, spend / 100000000 AS spend FROM sponsored_ads_traffic WHERE user_id IS NOT NULL
)
SELECT t.ad_product_type, IF(k.user_id IS NULL, 'unknown', 'known') AS customer_set, MAX(k.tier) AS best_tier,
       COUNT(DISTINCT t.user_id) AS unique_reach, SUM(t.impressions) AS impressions, SUM(t.spend) AS spend
FROM traffic t LEFT JOIN known k ON k.user_id = t.user_id
GROUP BY t.ad_product_type, IF(k.user_id IS NULL, 'unknown', 'known')
