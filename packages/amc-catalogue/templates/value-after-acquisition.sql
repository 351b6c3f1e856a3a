WITH reached AS (
  SELECT user_id
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  UNION
  SELECT user_id
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
),
customers AS (
  SELECT
    user_id,
    MAX(CASE WHEN new_to_brand THEN 1 ELSE 0 END) AS is_new,
    SUM(conversions) AS orders,
    SUM(total_product_sales) AS sales
  FROM conversions_all
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
  GROUP BY user_id
),
grouped AS (
  SELECT
    c.user_id,
    CONCAT(IF(r.user_id IS NULL, 'Not reached', 'Reached'), ', ', IF(c.is_new = 1, 'new', 'existing')) AS user_group,
    c.orders,
    c.sales
  FROM customers c
  LEFT JOIN reached r
    ON r.user_id = c.user_id
)
SELECT
  user_group,
  COUNT(DISTINCT user_id) AS users,
  SUM(orders) AS orders,
  SUM(sales) AS sales,
  SUM(sales) / NULLIF(COUNT(DISTINCT user_id), 0) AS sales_per_user,
  COUNT(DISTINCT CASE WHEN orders > 1 THEN user_id END) / NULLIF(COUNT(DISTINCT user_id), 0) AS repeat_share
FROM grouped
WHERE user_id IS NOT NULL
GROUP BY user_group
