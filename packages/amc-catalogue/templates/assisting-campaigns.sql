WITH touches AS (
  SELECT user_id, campaign, MAX(impression_dt_utc) AS last_dt, MIN(impression_dt_utc) AS first_dt
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY user_id, campaign, impression_date_utc
  UNION ALL
  SELECT user_id, campaign, MAX(event_dt_utc) AS last_dt, MIN(event_dt_utc) AS first_dt
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY user_id, campaign, event_date_utc
),
-- A conversion stands in this table once for each campaign that it is relevant to.
orders AS (
  SELECT conversion_id, user_id, MAX(event_dt_utc) AS order_dt, MAX(total_product_sales) AS sales
  FROM conversions_with_relevance
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
  GROUP BY conversion_id, user_id
),
contacts AS (
  SELECT
    o.conversion_id,
    t.campaign,
    MAX(o.sales) AS sales,
    MIN(t.first_dt) AS first_dt,
    MAX(t.last_dt) AS last_dt
  FROM orders o
  INNER JOIN touches t
    ON t.user_id = o.user_id
    AND t.last_dt <= o.order_dt
    AND SECONDS_BETWEEN(t.last_dt, o.order_dt) <= {{lookback_days}} * 86400
  GROUP BY o.conversion_id, t.campaign
),
ranked AS (
  SELECT
    campaign,
    sales,
    ROW_NUMBER() OVER (PARTITION BY conversion_id ORDER BY first_dt, campaign) AS from_start,
    ROW_NUMBER() OVER (PARTITION BY conversion_id ORDER BY last_dt DESC, campaign) AS from_end
  FROM contacts
),
counted AS (
  SELECT
    campaign,
    SUM(CASE WHEN from_start = 1 AND from_end > 1 THEN 1 ELSE 0 END) AS purchases_first_touch,
    SUM(CASE WHEN from_start > 1 AND from_end > 1 THEN 1 ELSE 0 END) AS purchases_middle_touch,
    SUM(CASE WHEN from_end = 1 THEN 1 ELSE 0 END) AS purchases_last_touch,
    SUM(CASE WHEN from_end = 1 THEN sales ELSE 0 END) AS sales_last_touch
  FROM ranked
  GROUP BY campaign
)
SELECT
  campaign,
  purchases_first_touch,
  purchases_middle_touch,
  purchases_last_touch,
  (purchases_first_touch + purchases_middle_touch)
    / NULLIF(purchases_first_touch + purchases_middle_touch + purchases_last_touch, 0) AS assist_rate,
  sales_last_touch
FROM counted
