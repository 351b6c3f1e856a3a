-- Rates and cost over the number of impressions; every measure comes from a union of zeros.
-- use case: 28
WITH events AS (
  SELECT user_id, impressions, total_cost / 100000 AS cost, 0 AS clicks, 0 AS dpv, 0 AS atc, 0 AS purchases, 0 AS ntb, CAST(0 AS DECIMAL) AS sales
  FROM dsp_impressions WHERE user_id IS NOT NULL
  UNION ALL
  SELECT user_id, 0, 0, clicks, 0, 0, 0, 0, 0 FROM dsp_clicks WHERE user_id IS NOT NULL
  UNION ALL
  SELECT user_id, 0, 0, 0, total_detail_page_view, total_add_to_cart, total_purchases, new_to_brand_total_purchases, total_product_sales
  FROM amazon_attributed_events_by_traffic_time WHERE user_id IS NOT NULL AND ad_product_type IS NULL
),
users AS (
  SELECT user_id, SUM(impressions) AS frequency, SUM(cost) AS cost, SUM(clicks) AS clicks, SUM(dpv) AS dpv, SUM(atc) AS atc,
         SUM(purchases) AS purchases, SUM(ntb) AS ntb, SUM(sales) AS sales
  FROM events GROUP BY user_id
)
SELECT
  CASE WHEN frequency > 25 THEN 26 ELSE frequency END AS frequency_bucket,
  COUNT(DISTINCT user_id) AS reach,
  SUM(frequency) AS impressions,
  SUM(cost) AS cost,
  SUM(clicks) AS clicks,
  SUM(clicks) / NULLIF(SUM(frequency), 0) AS click_through_rate,
  SUM(dpv) / NULLIF(SUM(frequency), 0) AS detail_page_view_rate,
  SUM(purchases) / NULLIF(COUNT(DISTINCT user_id), 0) AS purchase_rate,
  SUM(ntb) / NULLIF(SUM(purchases), 0) AS new_to_brand_purchase_rate,
  SUM(sales) AS total_product_sales
FROM users
WHERE frequency > 0
GROUP BY CASE WHEN frequency > 25 THEN 26 ELSE frequency END
