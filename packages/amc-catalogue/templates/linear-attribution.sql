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
    o.user_id,
    o.sales,
    t.campaign_id_string,
    t.campaign,
    t.ad_product_type,
    SUM(1) OVER (PARTITION BY o.conversion_id) AS contacts_of_order
  FROM orders o
  INNER JOIN touches t
    ON t.user_id = o.user_id
    AND t.touch_dt <= o.order_dt
    AND SECONDS_BETWEEN(t.touch_dt, o.order_dt) <= {{lookback_days}} * 86400
),
weighted AS (
  SELECT
    user_id,
    sales,
    campaign_id_string,
    campaign,
    ad_product_type,
    1.0 / NULLIF(contacts_of_order, 0) AS weight
  FROM contacts
)
SELECT
  ad_product_type,
  campaign_id_string,
  campaign,
  SUM(weight) AS purchases,
  COUNT(DISTINCT user_id) AS buyers,
  SUM(weight * sales) AS sales
FROM weighted
GROUP BY ad_product_type, campaign_id_string, campaign
