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
    o.sales,
    t.campaign_id_string,
    t.campaign,
    t.ad_product_type,
    ROW_NUMBER() OVER (PARTITION BY o.conversion_id ORDER BY t.touch_dt, t.campaign_id_string) AS from_start,
    ROW_NUMBER() OVER (PARTITION BY o.conversion_id ORDER BY t.touch_dt DESC, t.campaign_id_string) AS from_end,
    SUM(1) OVER (PARTITION BY o.conversion_id) AS contacts_of_order
  FROM orders o
  INNER JOIN touches t
    ON t.user_id = o.user_id
    AND t.touch_dt <= o.order_dt
    AND SECONDS_BETWEEN(t.touch_dt, o.order_dt) <= {{lookback_days}} * 86400
),
models AS (
  SELECT
    ad_product_type,
    campaign,
    SUM(CASE WHEN from_start = 1 THEN sales ELSE 0 END) AS sales_first_touch,
    SUM(sales / NULLIF(contacts_of_order, 0)) AS sales_linear,
    SUM(CASE WHEN from_end = 1 THEN sales ELSE 0 END) AS sales_last_touch
  FROM contacts
  GROUP BY ad_product_type, campaign_id_string, campaign
)
SELECT
  ad_product_type,
  campaign,
  sales_first_touch,
  sales_linear,
  sales_last_touch,
  GREATEST(sales_first_touch, sales_linear, sales_last_touch)
    - LEAST(sales_first_touch, sales_linear, sales_last_touch) AS spread
FROM models
