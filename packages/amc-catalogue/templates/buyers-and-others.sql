WITH touches AS (
  SELECT user_id, 'amazon_dsp' AS product, SUM(impressions) AS impressions
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY user_id
  UNION ALL
  SELECT user_id, ad_product_type AS product, SUM(impressions) AS impressions
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY user_id, ad_product_type
),
reached AS (
  SELECT user_id, COUNT(DISTINCT product) AS products, SUM(impressions) AS impressions
  FROM touches
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
acts AS (
  SELECT
    user_id,
    SUM(CASE WHEN event_subtype = 'detailPageView' THEN conversions ELSE 0 END) AS page_views,
    SUM(CASE WHEN event_subtype = 'shoppingCart' THEN conversions ELSE 0 END) AS carts,
    SUM(CASE WHEN event_subtype = 'order' THEN conversions ELSE 0 END) AS orders
  FROM conversions_all
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
people AS (
  SELECT
    r.user_id,
    CASE WHEN COALESCE(a.orders, 0) > 0 THEN 'Bought' ELSE 'Did not buy' END AS customer_type,
    r.impressions,
    r.products,
    COALESCE(a.page_views, 0) AS page_views,
    COALESCE(a.carts, 0) AS carts
  FROM reached r
  LEFT JOIN acts a
    ON a.user_id = r.user_id
)
SELECT
  customer_type,
  COUNT(DISTINCT user_id) AS users,
  AVG(impressions) AS impressions_per_person,
  AVG(products) AS ad_products_per_person,
  AVG(page_views) AS page_views_per_person,
  AVG(carts) AS carts_per_person
FROM people
WHERE user_id IS NOT NULL
GROUP BY customer_type
