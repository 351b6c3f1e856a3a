WITH touches AS (
  SELECT
    user_id,
    campaign,
    MIN(impression_dt_utc) AS first_touch_dt,
    SUM(impressions) AS impressions,
    SUM(total_cost) / 100000 AS ad_cost -- total_cost is in millicents
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY user_id, campaign
  UNION ALL
  SELECT
    user_id,
    campaign,
    MIN(event_dt_utc) AS first_touch_dt,
    SUM(impressions) AS impressions,
    SUM(spend) / 100000000 AS ad_cost -- spend is in microcents
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY user_id, campaign
),
ranked AS (
  SELECT
    user_id,
    campaign,
    impressions,
    ad_cost,
    ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY first_touch_dt, campaign) AS step
  FROM touches
),
steps AS (
  SELECT
    user_id,
    impressions,
    ad_cost,
    NAMED_ROW('step', step, 'campaign', campaign) AS touch
  FROM ranked
  WHERE step <= {{max_path_length}}
),
paths AS (
  SELECT
    user_id,
    ARRAY_SORT(COLLECT(touch)) AS path,
    SUM(impressions) AS impressions,
    SUM(ad_cost) AS ad_cost
  FROM steps
  GROUP BY user_id
),
buyers AS (
  SELECT
    user_id,
    SUM(total_purchases) AS purchases,
    SUM(total_product_sales) AS product_sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL
    AND total_purchases > 0
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY user_id
)
SELECT
  p.path,
  COUNT(DISTINCT p.user_id) AS path_occurrences,
  SUM(p.impressions) AS impressions,
  SUM(p.ad_cost) AS ad_cost,
  COUNT(DISTINCT b.user_id) AS users_that_purchased,
  SUM(b.product_sales) AS sales_amount,
  SUM(b.purchases) AS purchases,
  COUNT(DISTINCT b.user_id) / NULLIF(COUNT(DISTINCT p.user_id), 0) AS user_purchase_rate
FROM paths p
LEFT JOIN buyers b
  ON b.user_id = p.user_id
WHERE p.user_id IS NOT NULL
GROUP BY p.path
