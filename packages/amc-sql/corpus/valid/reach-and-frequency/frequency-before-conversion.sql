-- Only impressions before the conversion count.
-- use case: 29
WITH conversions_by_user AS (
  SELECT user_id, campaign_id_string, MIN(conversion_event_dt_utc) AS conversion_dt, SUM(purchases) AS purchases, SUM(product_sales) AS product_sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL AND purchases > 0 AND ad_product_type IS NULL
  GROUP BY user_id, campaign_id_string
), before AS (
  SELECT i.campaign, i.user_id, MAX(c.purchases) AS purchases, MAX(c.product_sales) AS product_sales,
         SUM(CASE WHEN c.conversion_dt IS NULL OR i.impression_dt_utc < c.conversion_dt THEN i.impressions ELSE 0 END) AS frequency
  FROM dsp_impressions i
  LEFT JOIN conversions_by_user c ON i.user_id = c.user_id AND i.campaign_id_string = c.campaign_id_string
  WHERE i.user_id IS NOT NULL
  GROUP BY i.campaign, i.user_id
)
SELECT campaign, GREATEST(1, LEAST(frequency, 25)) AS frequency_bucket, COUNT(DISTINCT user_id) AS users_in_bucket,
       SUM(frequency) AS impressions_in_bucket, SUM(purchases) AS purchases, SUM(product_sales) AS product_sales
FROM before
GROUP BY campaign, 2
