-- Which ad products stand before a sale in our own shop; the uploaded table has no analytics twin.
-- use case: 22
WITH exposures AS (
  SELECT user_id, 'DSP' AS product, SUM(impressions) AS impressions, SUM(total_cost) / 100000 AS cost
  FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id
  UNION ALL
  SELECT user_id, ad_product_type, SUM(impressions), SUM(spend) / 100000000
  FROM sponsored_ads_traffic WHERE user_id IS NOT NULL GROUP BY user_id, ad_product_type
),
per_user AS (
  SELECT user_id, ARRAY_SORT(COLLECT(DISTINCT product)) AS exposure, SUM(impressions) AS impressions, SUM(cost) AS cost
  FROM exposures GROUP BY user_id
),
shop AS (
  SELECT user_id, COUNT(DISTINCT order_number) AS orders, SUM(order_value) AS sales
  FROM shop_orders
  WHERE user_id IS NOT NULL
  GROUP BY user_id
)
SELECT p.exposure, COUNT(DISTINCT p.user_id) AS audience_reach, SUM(p.impressions) AS impressions, SUM(p.cost) AS total_cost,
       COUNT(DISTINCT s.user_id) AS total_users_that_purchased,
       COUNT(DISTINCT s.user_id) / NULLIF(COUNT(DISTINCT p.user_id), 0) AS conversion_rate,
       SUM(s.sales) AS total_off_amazon_ad_attributed_sales
FROM per_user p
LEFT JOIN shop s ON p.user_id = s.user_id
GROUP BY p.exposure
