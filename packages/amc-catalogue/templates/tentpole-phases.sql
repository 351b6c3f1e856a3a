WITH traffic AS (
  SELECT
    user_id,
    SECONDS_BETWEEN(BUILT_IN_PARAMETER('TIME_WINDOW_START'), impression_dt_hour_utc) / 86400 AS days_in,
    impressions
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  UNION ALL
  SELECT
    user_id,
    SECONDS_BETWEEN(BUILT_IN_PARAMETER('TIME_WINDOW_START'), event_dt_hour_utc) / 86400 AS days_in,
    impressions
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND impressions > 0
    AND campaign_id_string IN ({{campaign_ids}})
),
phased AS (
  SELECT
    user_id,
    CASE
      WHEN days_in < {{lead_in_days}} THEN '1 lead-in'
      WHEN days_in < {{lead_in_days}} + {{event_days}} THEN '2 event'
      ELSE '3 lead-out'
    END AS phase,
    impressions
  FROM traffic
),
by_phase AS (
  SELECT user_id, phase, SUM(impressions) AS impressions
  FROM phased
  WHERE user_id IS NOT NULL
  GROUP BY user_id, phase
),
people AS (
  SELECT
    user_id,
    ARRAY_TO_STRING(ARRAY_SORT(COLLECT(phase)), ', ') AS phases,
    SUM(impressions) AS impressions
  FROM by_phase
  GROUP BY user_id
),
orders AS (
  SELECT
    conversion_id,
    user_id,
    MAX(CASE WHEN new_to_brand THEN 1 ELSE 0 END) AS is_new,
    MAX(total_product_sales) AS sales
  FROM conversions_with_relevance
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY conversion_id, user_id
),
buyers AS (
  SELECT user_id, MAX(is_new) AS is_new, SUM(sales) AS sales
  FROM orders
  WHERE user_id IS NOT NULL
  GROUP BY user_id
)
SELECT
  p.phases,
  COUNT(DISTINCT p.user_id) AS unique_reach,
  SUM(p.impressions) AS impressions,
  SUM(p.impressions) / NULLIF(COUNT(DISTINCT p.user_id), 0) AS impressions_per_person,
  COUNT(DISTINCT b.user_id) AS users_that_purchased,
  COUNT(DISTINCT CASE WHEN b.is_new = 1 THEN b.user_id END) AS new_to_brand_users,
  SUM(COALESCE(b.sales, 0)) AS sales,
  COUNT(DISTINCT b.user_id) / NULLIF(COUNT(DISTINCT p.user_id), 0) AS purchase_rate
FROM people p
LEFT JOIN buyers b
  ON b.user_id = p.user_id
WHERE p.user_id IS NOT NULL
GROUP BY p.phases
