-- In which order buyers met the campaigns: the path is a sorted array of named rows.
-- use case: 17
-- declare: max_path_length INTEGER = 5
WITH touches AS (
  SELECT user_id, campaign, MIN(impression_dt_utc) AS first_dt, SUM(impressions) AS impressions, SUM(total_cost) / 100000 AS cost
  FROM dsp_impressions WHERE user_id IS NOT NULL
  GROUP BY user_id, campaign
  UNION ALL
  SELECT user_id, campaign, MIN(event_dt_utc) AS first_dt, SUM(impressions) AS impressions, SUM(spend) / 100000000 AS cost
  FROM sponsored_ads_traffic WHERE user_id IS NOT NULL
  GROUP BY user_id, campaign
),
ranked AS (
  SELECT NAMED_ROW('order', ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY first_dt), 'campaign', campaign) AS campaign_order,
         ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY first_dt) AS step, user_id, impressions, cost
  FROM touches
),
paths AS (
  SELECT ARRAY_SORT(COLLECT(campaign_order)) AS path, user_id, SUM(impressions) AS impressions, SUM(cost) AS cost
  FROM ranked WHERE step <= {{max_path_length}}
  GROUP BY user_id
),
converted AS (
  SELECT user_id, SUM(product_sales) AS sales, SUM(purchases) AS purchases
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL AND purchases > 0
  GROUP BY user_id
)
SELECT path,
       COUNT(path) AS path_occurrences,
       SUM(paths.impressions) AS impressions,
       SUM(cost) AS imp_total_cost,
       COUNT(DISTINCT converted.user_id) AS users_that_purchased,
       SUM(sales) AS sales_amount,
       SUM(purchases) AS purchases,
       COUNT(DISTINCT converted.user_id) / NULLIF(COUNT(DISTINCT paths.user_id), 0) AS user_purchase_rate
FROM paths LEFT JOIN converted ON paths.user_id = converted.user_id
GROUP BY path
