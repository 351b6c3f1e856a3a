WITH devices AS (
  SELECT
    user_id,
    COALESCE(device_type, 'Unknown') AS device,
    MIN(impression_dt_utc) AS contact_dt,
    SUM(impressions) AS impressions,
    SUM(total_cost) / 100000 AS cost -- millicents
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{dsp_campaign_ids}})
  GROUP BY user_id, COALESCE(device_type, 'Unknown')
),
ranked AS (
  SELECT
    user_id,
    device,
    impressions,
    cost,
    ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY contact_dt, device) AS step
  FROM devices
),
steps AS (
  SELECT user_id, impressions, cost, NAMED_ROW('step', step, 'device', device) AS touch
  FROM ranked
  WHERE step <= {{max_path_length}}
),
paths AS (
  SELECT
    user_id,
    ARRAY_SORT(COLLECT(touch)) AS path,
    SUM(impressions) AS impressions,
    SUM(cost) AS cost
  FROM steps
  GROUP BY user_id
),
buyers AS (
  SELECT user_id, SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL
    AND total_purchases > 0
    AND ad_product_type IS NULL
    AND campaign_id_string IN ({{dsp_campaign_ids}})
  GROUP BY user_id
)
SELECT
  p.path,
  COUNT(DISTINCT p.user_id) AS path_occurrences,
  SUM(p.impressions) AS impressions,
  SUM(p.cost) AS cost,
  COUNT(DISTINCT b.user_id) AS users_that_purchased,
  SUM(COALESCE(b.sales, 0)) AS sales,
  COUNT(DISTINCT b.user_id) / NULLIF(COUNT(DISTINCT p.user_id), 0) AS user_purchase_rate
FROM paths p
LEFT JOIN buyers b
  ON b.user_id = p.user_id
WHERE p.user_id IS NOT NULL
GROUP BY p.path
