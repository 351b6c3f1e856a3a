-- Any number of ad products per person; small sets are folded into "other".
-- use case: 12
-- custom: min_users INTEGER = 100
WITH seen AS (
  SELECT user_id, 'DSP' AS product, SUM(total_cost) / 100000 AS cost FROM dsp_impressions
  WHERE user_id IS NOT NULL GROUP BY user_id
  UNION ALL
  SELECT user_id, REPLACE(UPPER(ad_product_type), 'SPONSORED_', 'S') AS product, SUM(spend) / 100000000 AS cost
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL GROUP BY user_id, ad_product_type
),
sets AS (
  SELECT user_id, ARRAY_TO_STRING(ARRAY_SORT(COLLECT(DISTINCT product)), ' + ') AS exposure_set,
         CARDINALITY(COLLECT(DISTINCT product)) AS products_in_set, SUM(cost) AS cost
  FROM seen GROUP BY user_id
),
sized AS (
  SELECT exposure_set, COUNT(DISTINCT user_id) AS reach FROM sets GROUP BY exposure_set
)
SELECT
  IF(z.reach >= CUSTOM_PARAMETER('min_users'), s.exposure_set, 'other') AS exposure_set,
  MAX(s.products_in_set) AS products_in_set,
  COUNT(DISTINCT s.user_id) AS reach,
  SUM(s.cost) AS spend
FROM sets s
INNER JOIN sized z ON s.exposure_set = z.exposure_set
GROUP BY IF(z.reach >= CUSTOM_PARAMETER('min_users'), s.exposure_set, 'other')
