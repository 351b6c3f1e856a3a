WITH touches AS (
  SELECT
    user_id,
    CASE
      WHEN creative_category = 'Video' AND device_type IN ('TV', 'ConnectedDevice') THEN 'Streaming TV'
      WHEN creative_category = 'Video' THEN 'Online video'
      WHEN creative_category = 'Display' THEN 'Display'
      ELSE 'Audio'
    END AS product,
    impression_dt_utc AS contact_dt
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  UNION ALL
  SELECT
    user_id,
    CASE ad_product_type
      WHEN 'sponsored_products' THEN 'Sponsored Products'
      WHEN 'sponsored_brands' THEN 'Sponsored Brands'
      WHEN 'sponsored_display' THEN 'Sponsored Display'
      ELSE 'Sponsored TV'
    END AS product,
    event_dt_utc AS contact_dt
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
),
first_contacts AS (
  SELECT user_id, product, MIN(contact_dt) AS contact_dt
  FROM touches
  WHERE user_id IS NOT NULL
  GROUP BY user_id, product
),
ranked AS (
  SELECT
    user_id,
    product,
    ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY contact_dt, product) AS step
  FROM first_contacts
),
steps AS (
  SELECT user_id, NAMED_ROW('step', step, 'product', product) AS touch
  FROM ranked
  WHERE step <= {{max_path_length}}
),
paths AS (
  SELECT user_id, ARRAY_SORT(COLLECT(touch)) AS path
  FROM steps
  GROUP BY user_id
),
buyers AS (
  SELECT user_id, SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL
    AND total_purchases > 0
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY user_id
)
SELECT
  p.path,
  COUNT(DISTINCT p.user_id) AS path_occurrences,
  COUNT(DISTINCT b.user_id) AS users_that_purchased,
  SUM(COALESCE(b.sales, 0)) AS sales,
  COUNT(DISTINCT b.user_id) / NULLIF(COUNT(DISTINCT p.user_id), 0) AS user_purchase_rate
FROM paths p
LEFT JOIN buyers b
  ON b.user_id = p.user_id
WHERE p.user_id IS NOT NULL
GROUP BY p.path
