-- The weekly table that a curve is fitted to afterwards.
-- use case: 78
-- declare: granularity STRING = "week"
WITH cost AS (
  SELECT CAST(DATE_TRUNC({{granularity}}, impression_dt_utc) AS DATE) AS dim_date, 'amazon_dsp' AS ad_product_type, campaign,
         SUM(impressions) AS impressions, 0 AS clicks, SUM(total_cost) / 100000 AS cost
  FROM dsp_impressions GROUP BY 1, 3
  UNION ALL
  SELECT CAST(DATE_TRUNC({{granularity}}, event_dt_utc) AS DATE), ad_product_type, campaign, SUM(impressions), SUM(clicks), SUM(spend) / 100000000
  FROM sponsored_ads_traffic GROUP BY 1, 2, 3
), sales AS (
  SELECT CAST(DATE_TRUNC({{granularity}}, traffic_event_dt_utc) AS DATE) AS dim_date, COALESCE(ad_product_type, 'amazon_dsp') AS ad_product_type, campaign,
         SUM(purchases) AS purchases, SUM(units_sold) AS units_sold, SUM(product_sales) AS product_sales, SUM(total_product_sales) AS total_product_sales
  FROM amazon_attributed_events_by_traffic_time GROUP BY 1, 2, 3
)
SELECT dim_date, ad_product_type, campaign, impressions, clicks, cost, purchases, units_sold, product_sales, total_product_sales
FROM cost LEFT JOIN sales USING (dim_date, ad_product_type, campaign)
