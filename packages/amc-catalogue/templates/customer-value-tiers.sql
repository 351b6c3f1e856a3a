WITH customers AS (
  SELECT user_id, SUM(total_product_sales) AS sales
  FROM conversions_all
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
  GROUP BY user_id
),
costs AS (
  SELECT user_id, SUM(total_cost) / 100000 AS cost -- millicents
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY user_id
  UNION ALL
  SELECT user_id, SUM(spend) / 100000000 AS cost -- microcents
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY user_id
),
cost_of_people AS (
  SELECT user_id, SUM(cost) AS cost
  FROM costs
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
ranked AS (
  SELECT
    c.user_id,
    c.sales,
    COALESCE(k.cost, 0) AS cost,
    ROW_NUMBER() OVER (ORDER BY c.sales DESC, c.user_id) AS place,
    SUM(1) OVER () AS customers
  FROM customers c
  LEFT JOIN cost_of_people k
    ON k.user_id = c.user_id
  WHERE c.user_id IS NOT NULL
),
tiers AS (
  SELECT user_id, sales, cost, CEIL(4.0 * place / NULLIF(customers, 0)) AS tier
  FROM ranked
)
SELECT
  tier,
  COUNT(DISTINCT user_id) AS users,
  SUM(sales) AS sales,
  SUM(sales) / NULLIF(COUNT(DISTINCT user_id), 0) AS sales_per_user,
  SUM(cost) / NULLIF(COUNT(DISTINCT user_id), 0) AS cost_per_user,
  (SUM(sales) - SUM(cost)) / NULLIF(COUNT(DISTINCT user_id), 0) AS value_per_user
FROM tiers
WHERE user_id IS NOT NULL
GROUP BY tier
