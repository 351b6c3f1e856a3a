WITH touches AS (
  SELECT
    user_id,
    'Amazon DSP' AS product,
    SUM(total_cost) / 100000 AS spend -- millicents
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY user_id
  UNION ALL
  SELECT
    user_id,
    CASE ad_product_type
      WHEN 'sponsored_products' THEN 'Sponsored Products'
      WHEN 'sponsored_brands' THEN 'Sponsored Brands'
      WHEN 'sponsored_display' THEN 'Sponsored Display'
      ELSE 'Sponsored TV'
    END AS product,
    SUM(spend) / 100000000 AS spend -- microcents
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY user_id, ad_product_type
),
people AS (
  SELECT
    user_id,
    ARRAY_TO_STRING(ARRAY_SORT(COLLECT(product)), ', ') AS products,
    SUM(spend) AS spend
  FROM touches
  GROUP BY user_id
),
-- A conversion stands in this table once for each campaign that it is relevant to.
orders AS (
  SELECT
    conversion_id,
    user_id,
    MAX(conversions) AS purchases,
    MAX(total_product_sales) AS sales
  FROM conversions_with_relevance
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY conversion_id, user_id
),
buyers AS (
  SELECT user_id, SUM(purchases) AS purchases, SUM(sales) AS sales
  FROM orders
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
sets AS (
  SELECT
    p.products,
    COUNT(DISTINCT p.user_id) AS reach,
    COUNT(DISTINCT b.user_id) AS users_that_purchased,
    SUM(COALESCE(b.purchases, 0)) AS purchases,
    SUM(COALESCE(b.sales, 0)) AS sales,
    SUM(p.spend) AS spend
  FROM people p
  LEFT JOIN buyers b
    ON b.user_id = p.user_id
  WHERE p.user_id IS NOT NULL
  GROUP BY p.products
),
folded AS (
  SELECT
    CASE WHEN reach < {{min_users}} THEN 'other' ELSE products END AS exposure_set,
    reach,
    users_that_purchased,
    purchases,
    sales,
    spend
  FROM sets
)
SELECT
  exposure_set,
  SUM(reach) AS reach,
  SUM(users_that_purchased) AS users_that_purchased,
  SUM(purchases) AS purchases,
  SUM(sales) AS sales,
  SUM(spend) AS spend,
  SUM(users_that_purchased) / NULLIF(SUM(reach), 0) AS purchase_rate,
  SUM(sales) / NULLIF(SUM(spend), 0) AS roas
FROM folded
GROUP BY exposure_set
