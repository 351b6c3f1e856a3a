-- Which campaigns to feed and which to cut.
-- use case: 79
-- custom: target_roas DOUBLE = 3
-- custom: min_spend DOUBLE = 100
WITH s AS (
  SELECT campaign, ad_product_type, SUM(spend) / 100000000 AS spend, COUNT(DISTINCT user_id) AS reach
  FROM sponsored_ads_traffic GROUP BY campaign, ad_product_type
), a AS (
  SELECT campaign, ad_product_type, SUM(total_product_sales) AS sales, SUM(new_to_brand_total_product_sales) AS ntb_sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE ad_product_type IS NOT NULL
  GROUP BY campaign, ad_product_type
)
SELECT s.campaign, s.ad_product_type, s.spend, a.sales, a.sales / NULLIF(s.spend, 0) AS roas, a.ntb_sales / NULLIF(a.sales, 0) AS ntb_share, s.reach,
  CASE
    WHEN s.spend < CUSTOM_PARAMETER('min_spend') THEN 'too small'
    WHEN COALESCE(a.sales, 0) / NULLIF(s.spend, 0) >= CUSTOM_PARAMETER('target_roas') THEN 'feed'
    ELSE 'cut'
  END AS advice
FROM s LEFT JOIN a ON a.campaign = s.campaign AND a.ad_product_type = s.ad_product_type
