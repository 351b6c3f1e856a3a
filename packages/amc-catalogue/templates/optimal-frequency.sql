WITH events AS (
  SELECT
    user_id,
    impressions,
    total_cost / 100000 AS cost, -- millicents
    0 AS clicks,
    0 AS page_views,
    0 AS purchases,
    0 AS sales
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{dsp_campaign_ids}})
  UNION ALL
  SELECT user_id, 0 AS impressions, 0 AS cost, clicks, 0 AS page_views, 0 AS purchases, 0 AS sales
  FROM dsp_clicks
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{dsp_campaign_ids}})
  UNION ALL
  SELECT
    user_id,
    0 AS impressions,
    0 AS cost,
    0 AS clicks,
    total_detail_page_view AS page_views,
    total_purchases AS purchases,
    total_product_sales AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL
    AND ad_product_type IS NULL
    AND campaign_id_string IN ({{dsp_campaign_ids}})
),
people AS (
  SELECT
    user_id,
    SUM(impressions) AS impressions,
    SUM(cost) AS cost,
    SUM(clicks) AS clicks,
    SUM(page_views) AS page_views,
    SUM(purchases) AS purchases,
    SUM(sales) AS sales
  FROM events
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
bucketed AS (
  SELECT
    LEAST(impressions, {{frequency_cap}}) AS frequency_bucket,
    user_id,
    impressions,
    cost,
    clicks,
    page_views,
    purchases,
    sales
  FROM people
  WHERE impressions > 0
)
SELECT
  frequency_bucket,
  COUNT(DISTINCT user_id) AS reach,
  SUM(impressions) AS impressions,
  SUM(cost) AS cost,
  SUM(clicks) / NULLIF(SUM(impressions), 0) AS click_through_rate,
  COUNT(DISTINCT CASE WHEN page_views > 0 THEN user_id END) / NULLIF(COUNT(DISTINCT user_id), 0)
    AS detail_page_view_rate,
  COUNT(DISTINCT CASE WHEN purchases > 0 THEN user_id END) AS users_that_purchased,
  COUNT(DISTINCT CASE WHEN purchases > 0 THEN user_id END) / NULLIF(COUNT(DISTINCT user_id), 0) AS purchase_rate,
  SUM(sales) AS sales,
  SUM(cost) / NULLIF(SUM(purchases), 0) AS cost_per_purchase
FROM bucketed
WHERE user_id IS NOT NULL
GROUP BY frequency_bucket
