-- Long form: one row per metric for those who bought and those who did not.
-- use case: 21
WITH exposure AS (
  SELECT user_id, COUNT(DISTINCT campaign_id_string) AS campaigns, SUM(impressions) AS impressions, MIN(impression_dt_utc) AS first_dt
  FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id
),
shopping AS (
  SELECT user_id,
         SUM(CASE WHEN event_subtype = 'detailPageView' THEN conversions ELSE 0 END) AS views,
         MIN(CASE WHEN event_subtype = 'order' THEN event_dt_utc END) AS first_order_dt
  FROM conversions_all WHERE user_id IS NOT NULL GROUP BY user_id
),
people AS (
  SELECT e.user_id, e.campaigns, e.impressions, COALESCE(s.views, 0) AS views,
         IF(s.first_order_dt IS NULL, 'No Purchase', 'Purchase') AS customer_type,
         SECONDS_BETWEEN(e.first_dt, s.first_order_dt) / 86400 AS days_to_purchase
  FROM exposure e LEFT JOIN shopping s ON s.user_id = e.user_id
)
SELECT 'days to purchase' AS key_metric, customer_type, AVG(days_to_purchase) AS stats, COUNT(DISTINCT user_id) AS users FROM people GROUP BY customer_type
UNION ALL SELECT 'campaigns per user', customer_type, AVG(campaigns), COUNT(DISTINCT user_id) FROM people GROUP BY customer_type
UNION ALL SELECT 'impressions per user', customer_type, AVG(impressions), COUNT(DISTINCT user_id) FROM people GROUP BY customer_type
UNION ALL SELECT 'page views per user', customer_type, AVG(views), COUNT(DISTINCT user_id) FROM people GROUP BY customer_type
