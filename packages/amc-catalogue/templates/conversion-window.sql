WITH purchases AS (
  SELECT
    COALESCE(ad_product_type, 'amazon_dsp') AS ad_product_type,
    campaign,
    SECONDS_BETWEEN(traffic_event_dt_hour_utc, conversion_event_dt_hour_utc) / 86400 AS days_between,
    total_purchases,
    total_product_sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE total_purchases > 0
    AND campaign_id_string IN ({{campaign_ids}})
)
SELECT
  ad_product_type,
  campaign,
  SUM(CASE WHEN days_between <= {{window_days}} THEN total_purchases ELSE 0 END) AS purchases_in_window,
  SUM(total_purchases) AS purchases_14_days,
  SUM(CASE WHEN days_between <= {{window_days}} THEN total_product_sales ELSE 0 END) AS sales_in_window,
  SUM(total_product_sales) AS sales_14_days,
  SUM(CASE WHEN days_between <= {{window_days}} THEN total_product_sales ELSE 0 END)
    / NULLIF(SUM(total_product_sales), 0) AS share_in_window
FROM purchases
GROUP BY ad_product_type, campaign
