WITH met AS (
  SELECT user_id, 'Ad' AS met_by
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{dsp_campaign_ids}})
  UNION
  SELECT user_id, 'Store' AS met_by
  FROM amazon_brand_store_page_views
  WHERE user_id IS NOT NULL
),
people AS (
  SELECT user_id, ARRAY_TO_STRING(ARRAY_SORT(COLLECT(met_by)), ', ') AS exposure_group
  FROM met
  GROUP BY user_id
),
buyers AS (
  SELECT user_id, SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL
    AND total_purchases > 0
  GROUP BY user_id
)
SELECT
  p.exposure_group,
  COUNT(DISTINCT p.user_id) AS people,
  COUNT(DISTINCT b.user_id) AS users_that_purchased,
  SUM(COALESCE(b.sales, 0)) AS sales,
  COUNT(DISTINCT b.user_id) / NULLIF(COUNT(DISTINCT p.user_id), 0) AS purchase_rate,
  SUM(COALESCE(b.sales, 0)) / NULLIF(COUNT(DISTINCT p.user_id), 0) AS sales_per_person
FROM people p
LEFT JOIN buyers b
  ON b.user_id = p.user_id
WHERE p.user_id IS NOT NULL
GROUP BY p.exposure_group
