WITH touches AS (
  SELECT user_id, campaign_id_string, campaign, 'amazon_dsp' AS ad_product_type, impression_dt_utc AS touch_dt
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  UNION ALL
  -- Sponsored ads are charged by click, so a click is what counts as their contact.
  SELECT user_id, campaign_id_string, campaign, ad_product_type, event_dt_utc AS touch_dt
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND clicks > 0
    AND campaign_id_string IN ({{campaign_ids}})
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
    o.user_id,
    o.sales,
    t.campaign_id_string,
    t.campaign,
    t.ad_product_type,
    ROW_NUMBER() OVER (PARTITION BY o.conversion_id ORDER BY t.touch_dt, t.campaign_id_string) AS from_start
  FROM orders o
  INNER JOIN touches t
    ON t.user_id = o.user_id
    AND t.touch_dt <= o.order_dt
    AND SECONDS_BETWEEN(t.touch_dt, o.order_dt) <= {{lookback_days}} * 86400
),
credited AS (
  SELECT conversion_id, user_id, sales, campaign_id_string, campaign, ad_product_type
  FROM contacts
  WHERE from_start = 1
)
SELECT
  ad_product_type,
  campaign_id_string,
  campaign,
  COUNT(DISTINCT conversion_id) AS purchases,
  COUNT(DISTINCT user_id) AS buyers,
  SUM(sales) AS sales
FROM credited
GROUP BY ad_product_type, campaign_id_string, campaign
